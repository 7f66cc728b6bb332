namespace IpMpsc.Nats.Batches;

/// <summary>
/// Byte map of a record in a batch, little-endian. A batch is one record behind the other and the data of one message of the stream.
/// <code>
///   0              2                  4            8              16                   16 + length, rounded up to a multiple of 8
///   +--------------+------------------+------------+--------------+- - - - - +---------+
///   | message id   | schema version   | length i32 | position i64 | trace    | payload |
///   +--------------+------------------+------------+--------------+- - - - - +---------+
/// </code>
/// A record has a trace, which the length does not count, if the highest bit of its length is set:
/// <code>
///   0          16        24      25     32
///   +----------+---------+-------+------+
///   | trace id | span id | flags | 0    |
///   +----------+---------+-------+------+
/// </code>
/// A batch with such a record has the format <see cref="Brokers.StreamHeaders.TracedFormat"/>.
/// </summary>
internal static class BatchLayout
{
    public const int MessageIdOffset = 0;
    public const int SchemaVersionOffset = MessageIdOffset + sizeof(ushort);
    public const int LengthOffset = SchemaVersionOffset + sizeof(ushort);
    public const int PositionOffset = LengthOffset + sizeof(int);
    public const int HeaderSize = PositionOffset + sizeof(long);

    public const int SpanIdOffset = TraceIdSize;
    public const int FlagsOffset = SpanIdOffset + SpanIdSize;
    public const int TraceIdSize = 16;
    public const int SpanIdSize = 8;
    public const int TraceSize = 32;

    /// <summary>Set in the length of a record that has a trace.</summary>
    public const int TracedBit = int.MinValue;

    public const int Alignment = 8;

    /// <summary>The index of a record has 16 bits in the cursor of a sink, which is enough for this many.</summary>
    public const int MaxRecords = ushort.MaxValue;

    /// <summary>How many bytes a record takes.</summary>
    public static long SizeOf(long payload, bool isTraced) =>
        (HeaderSize + (isTraced ? TraceSize : 0) + payload + Alignment - 1) & ~(Alignment - 1L);
}
