namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Runs one command after the other in this process, so that a test need not start one for each.</summary>
internal static class ServeCommand
{
    public static void Run(Arguments arguments)
    {
        arguments.RequireEnd();
        Dialogue.Say("ready");
        while (Dialogue.Listen() is var line && line != "quit")
        {
            ExitCode code = PeerCommand.Run(line.Split(' '));
            Dialogue.Say($"exit {(int)code}");
        }
    }
}
