using System.Buffers.Binary;

namespace IpMpsc.Nats.Batches;

/// <summary>Reads a batch. What comes from a stream may be anything, so it is checked as a whole before the first record is used.</summary>
internal static class BatchReader
{
    /// <summary>Reads all records of a batch.</summary>
    /// <param name="batch">The data of a message of the stream.</param>
    /// <param name="mayTrace">Whether its format has records with traces.</param>
    /// <param name="records">Takes the records; emptied first.</param>
    /// <returns>False if the data is not a batch.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> batch, bool mayTrace, List<BatchRecord> records)
    {
        records.Clear();
        long last = -1;
        while (batch.Length >= BatchLayout.HeaderSize && records.Count < BatchLayout.MaxRecords)
        {
            ReadOnlySpan<byte> header = batch.Span;
            int length = BinaryPrimitives.ReadInt32LittleEndian(header[BatchLayout.LengthOffset..]);
            long position = BinaryPrimitives.ReadInt64LittleEndian(header[BatchLayout.PositionOffset..]);
            bool isTraced = mayTrace && length < 0;
            length = isTraced ? length & ~BatchLayout.TracedBit : length;
            if (length < 0 || BatchLayout.SizeOf(length, isTraced) > batch.Length || position <= last)
            {
                return false;
            }

            last = position;
            records.Add(new BatchRecord(
                BinaryPrimitives.ReadUInt16LittleEndian(header[BatchLayout.MessageIdOffset..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[BatchLayout.SchemaVersionOffset..]),
                isTraced,
                position,
                batch.Slice(BatchLayout.HeaderSize, isTraced ? BatchLayout.TraceSize + length : length)));
            batch = batch[(int)BatchLayout.SizeOf(length, isTraced)..];
        }

        return batch.IsEmpty && records.Count > 0;
    }
}
