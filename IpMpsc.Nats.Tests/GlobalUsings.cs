global using IpMpsc.Tests.Support;
