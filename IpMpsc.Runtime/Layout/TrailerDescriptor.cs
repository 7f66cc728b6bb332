using System.Diagnostics;

namespace IpMpsc.Layout;

/// <summary>
/// Byte map of the trailer of a message whose state is <see cref="RecordState.Traced"/>. It begins where the record would end without it,
/// and the record's length does not count it.
/// <code>
///   0          8                  24         32      33          48
///   +----------+------------------+----------+-------+-----------+
///   | sent i64 | trace id         | span id  | flags | 0         |
///   +----------+------------------+----------+-------+-----------+
/// </code>
/// Sent is in nanoseconds of the monotonic clock that the processes of a machine share. The other fields are those of the W3C traceparent, as
/// bytes in the order in which it is written; zeros if the sender had no context.
/// </summary>
internal static unsafe class TrailerDescriptor
{
    public const int SentOffset = 0;
    public const int TraceIdOffset = SentOffset + sizeof(long);
    public const int TraceIdSize = 16;
    public const int SpanIdOffset = TraceIdOffset + TraceIdSize;
    public const int SpanIdSize = 8;
    public const int FlagsOffset = SpanIdOffset + SpanIdSize;

    public const int Size = 48;

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Bytes of a record in the ring: with its trailer if its state is that of a traced message.</summary>
    public static long RecordSize(ulong description, RecordState state) =>
        RecordDescriptor.RecordSize(RecordDescriptor.LengthOf(description)) + (state == RecordState.Traced ? Size : 0);

    /// <summary>Writes a trailer: the time is now, the context that of the current activity.</summary>
    public static void Write(byte* trailer)
    {
        new Span<byte>(trailer, Size).Clear();
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            activity.TraceId.CopyTo(new Span<byte>(trailer + TraceIdOffset, TraceIdSize));
            activity.SpanId.CopyTo(new Span<byte>(trailer + SpanIdOffset, SpanIdSize));
            trailer[FlagsOffset] = (byte)activity.ActivityTraceFlags;
        }

        *(long*)(trailer + SentOffset) = ToNanoseconds(Stopwatch.GetTimestamp());
    }

    /// <summary>Writes a trailer with a time, in ticks of <see cref="Stopwatch"/>, and a context that come from elsewhere. A time of 0 stands for now.</summary>
    public static void Write(byte* trailer, long sent, in ActivityContext context)
    {
        new Span<byte>(trailer, Size).Clear();
        if (context != default)
        {
            context.TraceId.CopyTo(new Span<byte>(trailer + TraceIdOffset, TraceIdSize));
            context.SpanId.CopyTo(new Span<byte>(trailer + SpanIdOffset, SpanIdSize));
            trailer[FlagsOffset] = (byte)context.TraceFlags;
        }

        *(long*)(trailer + SentOffset) = ToNanoseconds(sent == 0 ? Stopwatch.GetTimestamp() : sent);
    }

    /// <summary>When the message was sent, in ticks of <see cref="Stopwatch"/>.</summary>
    public static long ReadSent(byte* trailer) => FromNanoseconds(*(long*)(trailer + SentOffset));

    /// <summary>The context of the sender's activity; the default if it had none.</summary>
    public static ActivityContext ReadContext(byte* trailer)
    {
        ReadOnlySpan<byte> ids = new(trailer + TraceIdOffset, TraceIdSize + SpanIdSize);
        return ids[..TraceIdSize].ContainsAnyExcept((byte)0) && ids[TraceIdSize..].ContainsAnyExcept((byte)0)
            ? new ActivityContext(
                ActivityTraceId.CreateFromBytes(ids[..TraceIdSize]),
                ActivitySpanId.CreateFromBytes(ids[TraceIdSize..]),
                (ActivityTraceFlags)trailer[FlagsOffset],
                isRemote: true)
            : default;
    }

    private static long ToNanoseconds(long ticks) => Stopwatch.Frequency == NanosecondsPerSecond
        ? ticks
        : (long)((Int128)ticks * NanosecondsPerSecond / Stopwatch.Frequency);

    private static long FromNanoseconds(long time) => Stopwatch.Frequency == NanosecondsPerSecond
        ? time
        : (long)((Int128)time * Stopwatch.Frequency / NanosecondsPerSecond);
}
