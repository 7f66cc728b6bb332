using System.Buffers.Binary;
using System.Diagnostics;

namespace IpMpsc.Tests.Peer.Commands;

/// <summary>
/// Forwards the numbers of a source up to COUNT, starting behind the last one that the channel has. Reports that last one. With "traced" each goes with
/// a trace whose span id and time are its number.
/// </summary>
internal static class ForwardCommand
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    public static void Run(Arguments arguments)
    {
        string channel = arguments.NextWord("CHANNEL");
        string source = arguments.NextWord("SOURCE");
        long count = arguments.Next<long>("COUNT");
        bool traces = !arguments.IsAtEnd && arguments.NextWord("TRACES") == "traced";
        arguments.RequireEnd();

        using RecordForwarder forwarder = RecordForwarder.Open(channel, source, new IpcChannelOptions { TraceMessages = traces });
        Dialogue.Say($"after {forwarder.LastSequence}");
        for (long number = forwarder.LastSequence + 1; number <= count; number++)
        {
            // Several lengths, so that some laps end with padding.
            byte[] payload = new byte[sizeof(long) + (16 * (number % 3))];
            BitConverter.TryWriteBytes(payload, number);
            if (traces)
            {
                forwarder.Send(0, 0, payload, number, TraceOf(number));
            }
            else
            {
                forwarder.Send(0, 0, payload, number);
            }
        }
    }

    private static MessageTrace TraceOf(long number)
    {
        Span<byte> span = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(span, number);
        return new MessageTrace(number, new ActivityContext(
            ActivityTraceId.CreateFromString(TraceId), ActivitySpanId.CreateFromBytes(span), ActivityTraceFlags.Recorded));
    }
}
