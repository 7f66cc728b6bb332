using System.Buffers.Binary;

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

    /// <summary>Begins the next batch.</summary>
    public void Clear() => (Length, Count) = (0, 0);

    /// <summary>
    /// Whether the batch with this payload stays within that many bytes and the payload still has an index.
    /// </summary>
    public bool HasRoom(int payload, int limit) => Count < BatchLayout.MaxRecords && Length + BatchLayout.SizeOf(payload) <= limit;

    /// <summary>Copies a record into the batch.</summary>
    public void Add(HeldRecord record)
    {
        ReadOnlySpan<byte> payload = record.Payload;
        int size = (int)BatchLayout.SizeOf(payload.Length);
        if (Length + size > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(Length + size, 2 * _buffer.Length));
        }

        Span<byte> target = _buffer.AsSpan(Length, size);
        BinaryPrimitives.WriteUInt16LittleEndian(target[BatchLayout.MessageIdOffset..], record.MessageId);
        BinaryPrimitives.WriteUInt16LittleEndian(target[BatchLayout.SchemaVersionOffset..], record.SchemaVersion);
        BinaryPrimitives.WriteInt32LittleEndian(target[BatchLayout.LengthOffset..], payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(target[BatchLayout.PositionOffset..], record.Position);
        payload.CopyTo(target[BatchLayout.PayloadOffset..]);
        target[(BatchLayout.PayloadOffset + payload.Length)..].Clear(); // Else bytes of an earlier batch would travel.
        Length += size;
        Count++;
        LastPosition = record.Position;
    }
}
