using System.Buffers.Binary;
using System.Numerics;

namespace IpMpsc.Tool.Captures;

/// <summary>
/// Byte map of a capture file, little-endian; docs/tool.md describes it for other programs.
/// <code>
///   header   0 magic u64   8 version u32   12 length of the header without checksum u32
///           16 number of channels u32   20 part u32   24 started, Unix microseconds i64
///           32 channels, then checksum u32
///   channel  0 name length u32   4 schema length u32   8 capacity i64   16 channel id, 16 bytes
///           32 name, UTF-8; schema, UTF-8
///   record   0 payload length u32   4 id u16   6 version u16   8 time, nanoseconds since the start i64
///           16 position i64         24 channel u16   26 flags u16   28 missed u32   32 payload; trace; checksum u32
///   trace    0 sent, nanoseconds since the start i64   8 trace id, 16 bytes   24 span id, 8 bytes   32 trace flags u8   33 zeros
/// </code>
/// A record has a trace if its flags say so. Version 2 has none.
/// A checksum is the CRC-32C of everything before it in its header or record. Records follow each other
/// without gaps up to the end of the file: a file that ends within a record was not finished, and every
/// record before is whole.
/// </summary>
internal static class CaptureFormat
{
    /// <summary>"IpMpscR" and a byte that ends the display of a text file, read as a little-endian word.</summary>
    public const ulong Magic = 0x1A52_6373_704D_7049;

    public const uint Version = 3;

    /// <summary>The oldest version that is read.</summary>
    public const uint OldestVersion = 2;

    public const int VersionOffset = sizeof(ulong);
    public const int HeaderLengthOffset = VersionOffset + sizeof(uint);
    public const int ChannelCountOffset = HeaderLengthOffset + sizeof(uint);
    public const int PartOffset = ChannelCountOffset + sizeof(uint);
    public const int StartedOffset = PartOffset + sizeof(uint);
    public const int HeaderSize = StartedOffset + sizeof(long);

    public const int SchemaLengthOffset = sizeof(uint);
    public const int CapacityOffset = SchemaLengthOffset + sizeof(uint);
    public const int ChannelIdOffset = CapacityOffset + sizeof(long);
    public const int ChannelSize = ChannelIdOffset + 16;

    public const int MessageIdOffset = sizeof(uint);
    public const int SchemaVersionOffset = MessageIdOffset + sizeof(ushort);
    public const int TimeOffset = SchemaVersionOffset + sizeof(ushort);
    public const int PositionOffset = TimeOffset + sizeof(long);
    public const int ChannelIndexOffset = PositionOffset + sizeof(long);
    public const int FlagsOffset = ChannelIndexOffset + sizeof(ushort);
    public const int MissedOffset = FlagsOffset + sizeof(ushort);
    public const int RecordHeaderSize = MissedOffset + sizeof(uint);

    /// <summary>A flag of a record: it has a trace.</summary>
    public const ushort TracedFlag = 1;

    public const int TraceIdOffset = sizeof(long);
    public const int TraceIdSize = 16;
    public const int SpanIdOffset = TraceIdOffset + TraceIdSize;
    public const int SpanIdSize = 8;
    public const int TraceFlagsOffset = SpanIdOffset + SpanIdSize;
    public const int TraceSize = 40;

    public const int ChecksumSize = sizeof(uint);

    public const int MaxNameLength = 1024;
    public const int MaxSchemaLength = 1 << 20;
    public const int MaxChannels = 1024;

    /// <summary>Bytes of a record with its header, its trace and its checksum.</summary>
    public static long SizeOf(long payload, bool isTraced) => RecordHeaderSize + payload + (isTraced ? TraceSize : 0) + ChecksumSize;

    /// <summary>Bytes of the record with this header.</summary>
    public static long SizeOf(ReadOnlySpan<byte> header) =>
        SizeOf(BinaryPrimitives.ReadUInt32LittleEndian(header), isTraced: (BinaryPrimitives.ReadUInt16LittleEndian(header[FlagsOffset..]) & TracedFlag) != 0);

    /// <summary>CRC-32C (Castagnoli), as iSCSI and ext4 compute it.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }

    /// <summary>Puts the checksum of everything before it into the last bytes.</summary>
    public static void Seal(Span<byte> bytes) =>
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^ChecksumSize..], Checksum(bytes[..^ChecksumSize]));

    public static bool IsSealed(ReadOnlySpan<byte> bytes) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumSize..]) == Checksum(bytes[..^ChecksumSize]);
}
