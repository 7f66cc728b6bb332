using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Peer.Processes;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// Sends or receives while another process writes into the segment. It catches every exception that the
/// library documents, and continues; any other exception ends the peer.
/// </summary>
internal static class EndureCommand
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(1);
    private static readonly IpcChannelOptions s_options = new() { Capacity = 4096, MaxSenders = 8 };

    private static volatile bool s_stopped;

    public static void Run(Arguments arguments)
    {
        bool sends = arguments.NextWord("ROLE") switch
        {
            "send" => true,
            "receive" => false,
            var unknown => throw new UsageException($"ROLE is send or receive, not '{unknown}'."),
        };
        ProbeKind kind = arguments.NextChoice<ProbeKind>("KIND");
        using ProbeBoard board = ProbeBoard.Open(arguments.NextWord("BOARD"));
        arguments.RequireEnd();

        Dialogue.Interrupted = static _ => s_stopped = true;
        Dialogue.Say("ready");
        while (Dialogue.Listen() is var channel && channel != "close")
        {
            s_stopped = false;
            if (sends)
            {
                Send(kind, channel, board);
            }
            else if (kind == ProbeKind.Fixed)
            {
                Receive<FixedProbe>(channel, board);
            }
            else
            {
                Receive<VariableProbe>(channel, board);
            }

            Dialogue.Say("done");
        }
    }

    private static void Receive<T>(string channel, ProbeBoard board) where T : struct, IProbeMessage<T>
    {
        using Receiver<T> receiver = Receiver<T>.Create(channel, PeerAccess.Apply(s_options));
        Dialogue.Say("begun");
        for (int turn = 0; !s_stopped; turn++)
        {
            board.Turn();
            try
            {
                ReceiveOne(receiver, turn);
            }
            catch (ChannelCorruptException)
            {
                receiver.SkipCorrupt();
            }
            catch (Exception error) when (error is MessageFormatException or ProbeException or ChannelRetiredException)
            {
                // What was overwritten is lost, but not what lies behind it, unless the channel now looks deleted.
            }
        }
    }

    private static void ReceiveOne<T>(Receiver<T> receiver, int turn) where T : struct, IProbeMessage<T>
    {
        if (turn % 2 == 0)
        {
            if (receiver.TryReceive(out T message, s_timeout))
            {
                message.Verify();
            }
        }
        else if (receiver.TryReceiveInPlace(out ReceivedMessage<T> message))
        {
            using (message)
            {
                T.Verify(message);
            }
        }
    }

    private static void Send(ProbeKind kind, string channel, ProbeBoard board)
    {
        Dialogue.Say("begun");
        ProbeStream stream = new(kind, 0, 0, SendWay.Send, 0, 900);
        int turn = 0;
        while (!s_stopped)
        {
            try
            {
                using ProbeSender sender = kind.OpenSender((SenderFlavour)(turn & 1), channel);
                while (!s_stopped)
                {
                    board.Turn();
                    SendOne(sender, stream, turn++);
                }
            }
            catch (Exception error) when (error is ChannelException or MessageFormatException)
            {
                // The latter if the ranges of a claim were overwritten before its fields were filled.
                turn++;
                Thread.Sleep(1); // Keeps this from becoming a busy loop of failures if the ring stays damaged.
            }
        }
    }

    private static void SendOne(ProbeSender sender, ProbeStream stream, int turn)
    {
        Probe probe = stream[turn];
        switch (turn % 4)
        {
            case 0:
                sender.TrySendBatch([probe, stream[turn + 1]]);
                break;

            case 1:
                sender.TryClaim(probe, ClaimEnd.Abort, s_timeout);
                break;

            default:
                sender.TrySend(probe, s_timeout);
                break;
        }
    }
}
