using IpMpsc.Layout;
using IpMpsc.Platform;

namespace IpMpsc.Segments;

/// <summary>What a participant expects of the channel that it opens or creates.</summary>
internal sealed record ChannelSpec
{
    /// <summary>Full path of the segment's file.</summary>
    public required string Path { get; init; }

    /// <summary>Capacity of the ring in bytes. Null: the default when creating, any value when opening.</summary>
    public long? Capacity { get; init; }

    /// <summary>Number of sender slots. Null: the default when creating, any value when opening.</summary>
    public int? SlotCount { get; init; }

    /// <summary>The participant's display name.</summary>
    public required string ParticipantName { get; init; }

    /// <summary>The source whose messages a sender forwards; null for any other participant.</summary>
    public string? Source { get; init; }

    /// <summary>Whether the participant maps every page before it sends or receives.</summary>
    public bool Prefault { get; init; }

    /// <summary>Whether a sender adds a trailer to each message.</summary>
    public bool Traces { get; init; }

    /// <summary>What a group may do with a new channel.</summary>
    public GroupAccess Access { get; init; }

    /// <summary>The owners whose channels may be opened.</summary>
    public IReadOnlyList<OwnerRule> TrustedOwners { get; init; } = OwnerRule.SelfOnly;

    /// <summary>Schema text in UTF-8, which a new channel stores.</summary>
    public required ReadOnlyMemory<byte> Schema { get; init; }

    /// <summary>
    /// Compares the schema of an existing channel, in UTF-8, with this one: null if the two are compatible, else a
    /// description of the first difference.
    /// </summary>
    public required Func<ReadOnlyMemory<byte>, string?> DescribeDifference { get; init; }

    /// <summary>The layout of the channel if it has to be created.</summary>
    public SegmentLayout LayoutToCreate => new(Capacity ?? DefaultCapacity, SlotCount ?? DefaultSlotCount, Schema.Length);

    public const long DefaultCapacity = 1 << 20;
    public const int DefaultSlotCount = 64;
}
