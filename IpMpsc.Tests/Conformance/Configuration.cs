using IpMpsc.Core;
using IpMpsc.Layout;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Conformance;

/// <summary>What the conformance suite is run over.</summary>
/// <param name="Kind">What the channel carries.</param>
/// <param name="Flavour">Which sender is used.</param>
/// <param name="Capacity">Size of the ring.</param>
/// <param name="InPeers">Whether each sender is in a process of its own.</param>
public sealed record Configuration(ProbeKind Kind, SenderFlavour Flavour, long Capacity, bool InPeers)
{
    /// <summary>Ring bytes of the kind's shortest probe.</summary>
    public long RecordSize => RecordDescriptor.RecordSize(Kind.MinLength());

    /// <summary>How many of the shortest probes fill the ring.</summary>
    public int FullCount => (int)(Capacity / RecordSize);

    /// <summary>Payload bytes of the longest probe.</summary>
    public int MaxLength => Kind == ProbeKind.Fixed ? Kind.MinLength() : (int)(Capacity - RecordDescriptor.HeaderSize);

    public static IEnumerable<TestFixtureData> All =>
        from kind in Enum.GetValues<ProbeKind>()
        from flavour in Enum.GetValues<SenderFlavour>()
        where kind.IsTyped() || flavour == SenderFlavour.Shared
        from capacity in new[] { SegmentLayout.MinCapacity, ChannelSpec.DefaultCapacity }
        from inPeers in new[] { false, true }
        select Name(new Configuration(kind, flavour, capacity, inPeers));

    /// <summary>Those whose channels have a message type.</summary>
    public static IEnumerable<TestFixtureData> Typed => All.Where(data => ((Configuration)data.Arguments[0]!).Kind.IsTyped());

    private static TestFixtureData Name(Configuration configuration) => new TestFixtureData(configuration).SetArgDisplayNames(
        configuration.Kind.ToString(),
        configuration.Flavour.ToString(),
        $"{configuration.Capacity:N0}",
        configuration.InPeers ? "two processes" : "one process");
}
