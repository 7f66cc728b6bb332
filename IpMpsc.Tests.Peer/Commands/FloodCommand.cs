using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// Sends without pause, in every way there is, and notes on a board what it knows to be sent,
/// until it is told "!stop".
/// </summary>
internal static class FloodCommand
{
    /// <summary>The most messages that one call sends, and so the most that may be sent without being noted.</summary>
    public const int MaxUnnoted = 5;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(5);

    private static volatile bool s_stopped;

    public static void Run(Arguments arguments)
    {
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        SenderFlavour flavour = arguments.NextChoice<SenderFlavour>("FLAVOUR");
        string channel = arguments.NextWord("CHANNEL");
        using ProbeBoard board = ProbeBoard.Open(arguments.NextWord("BOARD"));
        ProbeStream stream = new(kind, arguments.Next<int>("SENDER"), 0, SendWay.Send, 0, arguments.Next<int>("MAX"));
        arguments.RequireEnd();

        Dialogue.Interrupted = static _ => s_stopped = true;
        using ProbeSender sender = kind.OpenSender(flavour, channel, new IpcChannelOptions { ParticipantName = $"flood {stream.Sender}" });
        Dialogue.Say("open");
        int sent = 0;
        for (long turn = 0; !s_stopped; turn++)
        {
            sent += SendSome(sender, stream, sent, Noise.Below(8, ~stream.Sender, turn));
            board.NoteSent(stream.Sender, sent);
        }
    }

    private static int SendSome(ProbeSender sender, ProbeStream stream, int first, int way)
    {
        Probe probe = stream[first];
        switch (way)
        {
            case 0:
                return sender.TrySend(probe) ? 1 : 0;

            case 1:
                return sender.TrySend(probe, s_timeout) ? 1 : 0;

            case 2:
                sender.SendBatch([.. Enumerable.Range(first, MaxUnnoted).Select(sequence => stream[sequence])]);
                return MaxUnnoted;

            case 3:
                sender.Claim(probe with { Sequence = -1 }, ClaimEnd.Abort);
                return 0;

            case 4:
                sender.Claim(probe, ClaimEnd.Commit);
                return 1;

            default:
                sender.Send(probe);
                return 1;
        }
    }
}
