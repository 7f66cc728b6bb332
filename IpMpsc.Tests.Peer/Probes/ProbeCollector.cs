namespace IpMpsc.Tests.Peer.Probes;

/// <summary>Receives on behalf of a board: each message is verified and entered while it is held.</summary>
public static class ProbeCollector
{
    /// <summary>Continues a channel until a message of the sender <paramref name="last"/> has arrived.</summary>
    public static void Collect(ProbeKind kind, string channel, ProbeBoard board, int last, Action? opened = null)
    {
        switch (kind)
        {
            case ProbeKind.Fixed:
                CollectTyped<FixedProbe>(channel, board, last, opened);
                break;

            case ProbeKind.Variable:
                CollectTyped<VariableProbe>(channel, board, last, opened);
                break;

            default:
                CollectBytes(channel, board, last, opened);
                break;
        }
    }

    private static void CollectTyped<T>(string channel, ProbeBoard board, int last, Action? opened)
        where T : struct, IProbeMessage<T>
    {
        using Receiver<T> receiver = Receiver<T>.Open(channel);
        board.BeginReceiving();
        opened?.Invoke();
        foreach (ReceivedMessage<T> message in receiver.ReadAll())
        {
            Probe probe = T.Verify(message);
            board.Enter(probe);
            if (probe.Sender == last)
            {
                break;
            }
        }
    }

    private static void CollectBytes(string channel, ProbeBoard board, int last, Action? opened)
    {
        using ByteReceiver receiver = ByteReceiver.Open(channel);
        board.BeginReceiving();
        opened?.Invoke();
        bool ended = false;
        while (!ended)
        {
            using ReceivedBytes message = receiver.ReceiveInPlace();
            Probe probe = ByteProbe.Verify(message.Payload);
            board.Enter(probe);
            ended = probe.Sender == last;
        }
    }
}
