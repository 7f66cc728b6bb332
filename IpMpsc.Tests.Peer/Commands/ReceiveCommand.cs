using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Receives and verifies what a number of senders send.</summary>
internal static class ReceiveCommand
{
    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        string channel = arguments.NextWord("CHANNEL");
        int senders = arguments.Next<int>("SENDERS");
        long count = arguments.Next<long>("COUNT");
        ReceiveWay way = arguments.NextChoice<ReceiveWay>("WAY");
        arguments.RequireEnd();

        using ProbeReceiver receiver = kind.OpenReceiver(channel);
        Dialogue.Say("open");
        ProbeLedger ledger = new();
        receiver.ReceiveMany(senders * count, way, ledger);
        ledger.RequireComplete(senders, count);
    }
}
