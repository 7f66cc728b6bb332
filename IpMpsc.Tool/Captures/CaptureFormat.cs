using System.Buffers.Binary;
using System.Numerics;

namespace IpMpsc.Tool.Captures;

/// <summary>
/// Byte map of a capture file, little-endian; docs/tool.md describes it for other programs.
/// <code>
///   header   0 magic u64   8 version u32   12 name length u32   16 schema length u32   20 reserved u32
///           24 started, Unix microseconds i64   32 capacity i64   40 channel id, 16 bytes
///           56 name, UTF-8; schema, UTF-8; checksum u32
///   record   0 payload length u32   4 id u16   6 version u16   8 time, nanoseconds since the start i64
///           16 position i64         24 payload; checksum u32
/// </code>
/// A checksum is the CRC-32C of everything before it in its header or record. Records follow each other
/// without gaps up to the end of the file: a file that ends within a record was not finished, and every
/// record before is whole.
/// </summary>
internal static class CaptureFormat
{
    /// <summary>"IpMpscR" and a byte that ends the display of a text file, read as a little-endian word.</summary>
    public const ulong Magic = 0x1A52_6373_704D_7049;

    public const uint Version = 1;

    public const int VersionOffset = sizeof(ulong);
    public const int NameLengthOffset = VersionOffset + sizeof(uint);
    public const int SchemaLengthOffset = NameLengthOffset + sizeof(uint);
    public const int StartedOffset = SchemaLengthOffset + sizeof(uint) + sizeof(uint);
    public const int CapacityOffset = StartedOffset + sizeof(long);
    public const int ChannelIdOffset = CapacityOffset + sizeof(long);
    public const int HeaderSize = ChannelIdOffset + 16;

    public const int MessageIdOffset = sizeof(uint);
    public const int SchemaVersionOffset = MessageIdOffset + sizeof(ushort);
    public const int TimeOffset = SchemaVersionOffset + sizeof(ushort);
    public const int PositionOffset = TimeOffset + sizeof(long);
    public const int RecordHeaderSize = PositionOffset + sizeof(long);

    public const int ChecksumSize = sizeof(uint);

    public const int MaxNameLength = 1024;
    public const int MaxSchemaLength = 1 << 20;

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
