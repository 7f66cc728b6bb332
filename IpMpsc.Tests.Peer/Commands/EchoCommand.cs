using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Forwards every probe to another channel, and releases it only then.</summary>
internal static class EchoCommand
{
    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        string from = arguments.NextWord("FROM");
        string to = arguments.NextWord("TO");
        long count = arguments.Next<long>("COUNT");
        arguments.RequireEnd();

        using ProbeReceiver receiver = kind.OpenReceiver(from);
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, to);
        Dialogue.Say("open");
        for (long echoed = 0; echoed < count; echoed++)
        {
            receiver.ReceiveInPlace(probe => sender.Send(probe));
        }
    }
}
