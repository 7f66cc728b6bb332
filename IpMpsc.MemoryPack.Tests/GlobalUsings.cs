global using IpMpsc.Objects;
global using NUnit.Framework;
