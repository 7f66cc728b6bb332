namespace IpMpsc.Layout;

/// <summary>
/// Byte map of a record: what a claim reserves in the data section.
/// <code>
///   0        8            12       14       16
///   +--------+------------+--------+--------+------------------+---------+
///   | stamp  | length u32 | id u16 | ver u16| payload          | filler  |
///   +--------+------------+--------+--------+------------------+---------+
///   ^ multiple of 16                         length bytes       to the next multiple of 16
/// </code>
/// A padding or aborted record has the same header. Its length is that of the bytes behind the header.
/// </summary>
internal static class RecordDescriptor
{
    public const int Alignment = 16;

    public const int StampOffset = 0;
    public const int LengthOffset = StampOffset + sizeof(ulong);
    public const int MessageIdOffset = LengthOffset + sizeof(uint);
    public const int SchemaVersionOffset = MessageIdOffset + sizeof(ushort);
    public const int PayloadOffset = SchemaVersionOffset + sizeof(ushort);

    public const int HeaderSize = PayloadOffset;

    /// <summary>Bytes that a record with this payload occupies in the ring, including header and filler.</summary>
    public static long RecordSize(long payloadLength) =>
        (payloadLength + (HeaderSize + Alignment - 1)) & -(long)Alignment;

    /// <summary>Length, id and version as one word, which is how they are stored and loaded.</summary>
    public static ulong Describe(int length, ushort messageId, ushort schemaVersion) =>
        (uint)length | ((ulong)messageId << 32) | ((ulong)schemaVersion << 48);

    public static uint LengthOf(ulong description) => (uint)description;

    public static ushort MessageIdOf(ulong description) => (ushort)(description >> 32);

    public static ushort SchemaVersionOf(ulong description) => (ushort)(description >> 48);
}
