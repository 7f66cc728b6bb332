using IpMpsc.Tests.Peer;

Dialogue.Begin();
return (int)PeerCommand.Run(args);
