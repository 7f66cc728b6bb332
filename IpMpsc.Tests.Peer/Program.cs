using IpMpsc.Tests.Peer;

if (PeerCommand.ListensToTest(args))
{
    Dialogue.Begin();
}

return (int)PeerCommand.Run(args);
