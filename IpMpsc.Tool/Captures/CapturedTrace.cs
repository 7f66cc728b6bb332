using System.Buffers.Binary;
using System.Diagnostics;
using static IpMpsc.Tool.Captures.CaptureFormat;

namespace IpMpsc.Tool.Captures;

/// <summary>What the sender of a captured message sent along.</summary>
/// <param name="Sent">When it was sent, since the recording began; negative if before.</param>
/// <param name="Context">As a part of what; the default if the sender had no context.</param>
internal readonly record struct CapturedTrace(TimeSpan Sent, ActivityContext Context)
{
    public static CapturedTrace Read(ReadOnlySpan<byte> trace)
    {
        ReadOnlySpan<byte> traceId = trace.Slice(TraceIdOffset, TraceIdSize), spanId = trace.Slice(SpanIdOffset, SpanIdSize);
        return new CapturedTrace(
            new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(trace) / TimeSpan.NanosecondsPerTick),
            traceId.ContainsAnyExcept((byte)0) && spanId.ContainsAnyExcept((byte)0)
                ? new ActivityContext(
                    ActivityTraceId.CreateFromBytes(traceId), ActivitySpanId.CreateFromBytes(spanId), (ActivityTraceFlags)trace[TraceFlagsOffset], isRemote: true)
                : default);
    }

    public void Write(Span<byte> trace)
    {
        trace.Clear();
        BinaryPrimitives.WriteInt64LittleEndian(trace, Sent.Ticks * TimeSpan.NanosecondsPerTick);
        if (Context != default)
        {
            Context.TraceId.CopyTo(trace.Slice(TraceIdOffset, TraceIdSize));
            Context.SpanId.CopyTo(trace.Slice(SpanIdOffset, SpanIdSize));
            trace[TraceFlagsOffset] = (byte)Context.TraceFlags;
        }
    }
}
