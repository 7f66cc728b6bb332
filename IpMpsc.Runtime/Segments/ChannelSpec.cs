using IpMpsc.Layout;

namespace IpMpsc.Segments;

/// <summary>What a participant asks of the channel that it opens or makes.</summary>
internal sealed record ChannelSpec
{
    /// <summary>Full path of the segment's file.</summary>
    public required string Path { get; init; }

    /// <summary>Capacity of the ring in bytes; null takes any existing one and makes the default.</summary>
    public long? Capacity { get; init; }

    /// <summary>Slots for senders; null takes any existing number and makes the default.</summary>
    public int? SlotCount { get; init; }

    /// <summary>What the participant is called, for people to read.</summary>
    public required string ParticipantName { get; init; }

    /// <summary>Whether the participant maps every page before it sends or receives.</summary>
    public bool Prefault { get; init; }

    /// <summary>Schema text in UTF-8, stored in a channel that is made.</summary>
    public required ReadOnlyMemory<byte> Schema { get; init; }

    /// <summary>
    /// Compares the schema of an existing channel, in UTF-8, with this one: null if they go together,
    /// else the first difference in words.
    /// </summary>
    public required Func<ReadOnlyMemory<byte>, string?> DescribeDifference { get; init; }

    /// <summary>The layout of the channel if it has to be made.</summary>
    public SegmentLayout LayoutToCreate => new(Capacity ?? DefaultCapacity, SlotCount ?? DefaultSlotCount, Schema.Length);

    public const long DefaultCapacity = 1 << 20;
    public const int DefaultSlotCount = 64;
}
