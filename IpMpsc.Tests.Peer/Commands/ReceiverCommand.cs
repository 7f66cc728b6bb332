using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>A receiver that does what the test says: "receive" or "hold", answered with the probe.</summary>
internal static class ReceiverCommand
{
    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        string channel = arguments.NextWord("CHANNEL");
        arguments.RequireEnd();

        using ProbeReceiver receiver = kind.OpenReceiver(channel);
        Dialogue.Say("open");
        while (Dialogue.Listen() is var line && line != "close")
        {
            Probe probe = line switch
            {
                "receive" => receiver.Receive(),
                "hold" => receiver.ReceiveInPlace(Hold),
                _ => throw new UsageException($"A receiver has no command '{line}'."),
            };
            Dialogue.Say(probe.ToString());
        }
    }

    private static void Hold(Probe probe)
    {
        Dialogue.Say("held");
        Dialogue.Listen();
    }
}
