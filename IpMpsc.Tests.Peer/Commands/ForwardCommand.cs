namespace IpMpsc.Tests.Peer.Commands;

/// <summary>Forwards the numbers of a source, from the one behind the last that is in the channel up to COUNT. Says with which it begins.</summary>
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
            // Of several lengths, so that there are fillers at the ends of laps.
            byte[] payload = new byte[sizeof(long) + (16 * (number % 3))];
            BitConverter.TryWriteBytes(payload, number);
            forwarder.Send(0, 0, payload, number);
        }
    }
}
