using System.Numerics;

namespace IpMpsc.Layout;

/// <summary>
/// Where the sections of a segment lie.
/// <code>
///   0             4096                     slots end          page boundary       + capacity
///   +-------------+------------------------+------------------+-------------------+
///   | header page | sender slots, 128 each | schema, UTF-8    | data              |
///   +-------------+------------------------+------------------+-------------------+
/// </code>
/// </summary>
internal readonly record struct SegmentLayout(long Capacity, int SlotCount, int SchemaLength)
{
    public const int PageSize = 4096;

    /// <summary>The smallest ring: it has room for one record with 48 payload bytes.</summary>
    public const long MinCapacity = 64;

    /// <summary>The largest ring in which every payload length still fits a .NET span.</summary>
    public const long MaxCapacity = 1L << 31;

    public const int MinSlotCount = 1;
    public const int MaxSlotCount = 4096;
    public const int MaxSchemaLength = 1 << 20;

    public static long SlotsOffset => HeaderDescriptor.Size;

    public long SchemaOffset => SlotsOffset + ((long)SlotCount * SlotDescriptor.Size);

    public long DataOffset => (SchemaOffset + SchemaLength + PageSize - 1) & -(long)PageSize;

    public long SegmentSize => DataOffset + Capacity;

    public static bool IsCapacity(long capacity) =>
        capacity is >= MinCapacity and <= MaxCapacity && BitOperations.IsPow2(capacity);

    public bool IsPlausible =>
        IsCapacity(Capacity)
        && SlotCount is >= MinSlotCount and <= MaxSlotCount
        && SchemaLength is >= 0 and <= MaxSchemaLength;
}
