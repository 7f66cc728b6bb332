using IpMpsc.Layout;
using IpMpsc.Platform;
using IpMpsc.Segments;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Conformance;

/// <summary>A configuration that the conformance suite runs in.</summary>
/// <param name="Kind">What the channel carries.</param>
/// <param name="Flavour">Which sender is used.</param>
/// <param name="Capacity">Size of the ring.</param>
/// <param name="InPeers">Whether each sender is in a process of its own.</param>
/// <param name="Polls">Whether every participant polls the words, instead of sleeping on them by the means of the system.</param>
public sealed record Configuration(ProbeKind Kind, SenderFlavour Flavour, long Capacity, bool InPeers, bool Polls)
{
    /// <summary>The back end by which participants wake each other.</summary>
    public string WakeMechanism => $"{(Polls ? IpMpsc.Layout.WakeMechanism.Polling : HostPlatform.Current.WakeMechanism)}";

    /// <summary>Where the two sides are.</summary>
    public string Placement => InPeers ? "two processes" : "one process";

    /// <summary>Ring bytes of the kind's shortest probe.</summary>
    public long RecordSize => RecordDescriptor.RecordSize(Kind.MinLength());

    /// <summary>How many of the shortest probes fill the ring.</summary>
    public int FullCount => (int)(Capacity / RecordSize);

    /// <summary>Payload bytes of the longest probe.</summary>
    public int MaxLength => Kind == ProbeKind.Fixed ? Kind.MinLength() : (int)(Capacity - RecordDescriptor.HeaderSize);

    public static IEnumerable<TestFixtureData> All =>
        from kind in Enum.GetValues<ProbeKind>()
        from flavour in Enum.GetValues<SenderFlavour>()
        from capacity in new[] { SegmentLayout.MinCapacity, ChannelSpec.DefaultCapacity }
        from inPeers in new[] { false, true }
        from polls in new[] { false, true }
        where polls || !WaitBackEnd.PollsWords // A run that polls anyway has one back end.
        select Name(new Configuration(kind, flavour, capacity, inPeers, polls));

    private static TestFixtureData Name(Configuration configuration) => new TestFixtureData(configuration).SetArgDisplayNames(
        configuration.Kind.ToString(),
        configuration.Flavour.ToString(),
        $"{configuration.Capacity:N0}",
        configuration.Placement,
        configuration.WakeMechanism);
}
