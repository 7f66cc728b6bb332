using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// Receives messages and enters them into a board, until one of the last sender has arrived. With HOLD, it holds up to that many
/// messages and releases them in any order.
/// </summary>
internal static class CollectCommand
{
    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        string channel = arguments.NextWord("CHANNEL");
        using ProbeBoard board = ProbeBoard.Open(arguments.NextWord("BOARD"));
        int last = arguments.Next<int>("LAST");
        int hold = arguments.IsAtEnd ? 0 : arguments.Next<int>("HOLD");
        arguments.RequireEnd();

        if (hold > 0)
        {
            HoldingCollector.Collect(kind, channel, board, last, hold, static () => Dialogue.Say("open"));
            return;
        }

        ProbeCollector.Collect(kind, channel, board, last, static () => Dialogue.Say("open"));
    }
}
