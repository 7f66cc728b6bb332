using System.Diagnostics;

namespace IpMpsc.Nats.Batches;

/// <summary>A record of a batch.</summary>
/// <param name="MessageId">The id of its message type.</param>
/// <param name="SchemaVersion">The version of its message type.</param>
/// <param name="IsTraced">Whether it has a trace.</param>
/// <param name="Position">Its position in the channel that it comes from.</param>
/// <param name="Content">What follows its header in the batch: its trace, if it has one, and its payload.</param>
internal readonly record struct BatchRecord(ushort MessageId, ushort SchemaVersion, bool IsTraced, long Position, ReadOnlyMemory<byte> Content)
{
    /// <summary>Its bytes, in the batch.</summary>
    public ReadOnlyMemory<byte> Payload => IsTraced ? Content[BatchLayout.TraceSize..] : Content;

    /// <summary>The context in which it was sent, if it has a trace; the default if nothing can have been sent in that.</summary>
    public ActivityContext ReadContext()
    {
        ReadOnlySpan<byte> trace = Content.Span;
        ReadOnlySpan<byte> traceId = trace[..BatchLayout.TraceIdSize], spanId = trace.Slice(BatchLayout.SpanIdOffset, BatchLayout.SpanIdSize);
        return traceId.ContainsAnyExcept((byte)0) && spanId.ContainsAnyExcept((byte)0)
            ? new ActivityContext(
                ActivityTraceId.CreateFromBytes(traceId),
                ActivitySpanId.CreateFromBytes(spanId),
                (ActivityTraceFlags)trace[BatchLayout.FlagsOffset],
                isRemote: true)
            : default;
    }
}
