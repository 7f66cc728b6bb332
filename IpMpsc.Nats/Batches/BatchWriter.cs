using System.Buffers.Binary;
using System.Diagnostics;

namespace IpMpsc.Nats.Batches;

/// <summary>Packs records into a batch. One buffer serves all batches: the NATS client has copied a batch when the call that publishes it ends.</summary>
internal sealed class BatchWriter
{
    private byte[] _buffer = [];

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>Records so far.</summary>
    public int Count { get; private set; }

    /// <summary>The position of the last record.</summary>
    public long LastPosition { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Whether a record has a trace.</summary>
    public bool HasTraces { get; private set; }

    /// <summary>Begins the next batch.</summary>
    public void Clear() => (Length, Count, HasTraces) = (0, 0, false);

    /// <summary>Copies a record into the batch, with the context in which it was sent.</summary>
    /// <param name="record">The record.</param>
    /// <param name="limit">The batch stays within that many bytes. A record that fits no batch with its trace goes without.</param>
    /// <returns>Whether there was room for it.</returns>
    public bool TryAdd(HeldRecord record, int limit)
    {
        ReadOnlySpan<byte> payload = record.Payload;
        ActivityContext context = record.Trace is { } trace ? trace.Context : default;
        bool isTraced = context.TraceId != default && BatchLayout.SizeOf(payload.Length, isTraced: true) <= limit;
        long size = BatchLayout.SizeOf(payload.Length, isTraced);
        if (Count == BatchLayout.MaxRecords || Length + size > limit)
        {
            return false;
        }

        if (Length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(Length + (int)size, 2 * _buffer.Length));
        }

        Span<byte> target = _buffer.AsSpan(Length, (int)size);
        BinaryPrimitives.WriteUInt16LittleEndian(target[BatchLayout.MessageIdOffset..], record.MessageId);
        BinaryPrimitives.WriteUInt16LittleEndian(target[BatchLayout.SchemaVersionOffset..], record.SchemaVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[BatchLayout.LengthOffset..], isTraced ? payload.Length | BatchLayout.TracedBit : payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[BatchLayout.PositionOffset..], record.Position);
        Span<byte> content = target[BatchLayout.HeaderSize..];
        if (isTraced)
        {
            WriteTrace(content[..BatchLayout.TraceSize], context);
            content = content[BatchLayout.TraceSize..];
            HasTraces = true;
        }

        payload.CopyTo(content);
        content[payload.Length..].Clear(); // Else bytes of an earlier batch would travel.
        Length += (int)size;
        Count++;
        LastPosition = record.Position;
        return true;
    }

    private static void WriteTrace(Span<byte> trace, in ActivityContext context)
    {
        trace.Clear();
        context.TraceId.CopyTo(trace[..BatchLayout.TraceIdSize]);
        context.SpanId.CopyTo(trace.Slice(BatchLayout.SpanIdOffset, BatchLayout.SpanIdSize));
        trace[BatchLayout.FlagsOffset] = (byte)context.TraceFlags;
    }
}
