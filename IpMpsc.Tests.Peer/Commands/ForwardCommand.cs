namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Forwards the numbers of a source up to COUNT, starting behind the last one that the channel has. Reports that last one.</summary>
internal static class ForwardCommand
{
    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        string source = arguments.NextWord("SOURCE");
        long count = arguments.Next<long>("COUNT");
        arguments.RequireEnd();

        using RecordForwarder forwarder = RecordForwarder.Open(channel, source);
        Dialogue.Say($"after {forwarder.LastSequence}");
        for (long number = forwarder.LastSequence + 1; number <= count; number++)
        {
            // Several lengths, so that some laps end with padding.
            byte[] payload = new byte[sizeof(long) + (16 * (number % 3))];
            BitConverter.TryWriteBytes(payload, number);
            forwarder.Send(0, 0, payload, number);
        }
    }
}
