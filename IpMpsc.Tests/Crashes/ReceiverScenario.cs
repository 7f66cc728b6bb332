using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Crashes;

/// <summary>What happens around the death of a receiver, and the steps at which it dies.</summary>
internal sealed record ReceiverScenario(string Name, ProbeKind Kind, SenderFlavour Flavour, long Capacity)
{
    /// <summary>Messages of each sender.</summary>
    public const int Count = 200;

    /// <summary>The steps at which the receiver dies in this scenario, each at its n-th time.</summary>
    public required IReadOnlyList<(string Step, int Occurrence)> Deaths { get; init; }

    public int MaxLength { get; init; } = 40;

    public SendWay Way { get; init; } = SendWay.Send;

    /// <summary>Senders begin only after the receiver's death, so it finds nothing and sleeps.</summary>
    public bool IsIdle { get; init; }

    /// <summary>The receiver starts when the ring is full and a sender sleeps.</summary>
    public bool IsFull { get; init; }

    /// <summary>The receiver starts when a sender has left a gap, with messages behind it.</summary>
    public bool HasGap { get; init; }

    /// <summary>How many messages the receivers hold at once; 0 if they receive in place.</summary>
    public int Hold { get; init; }

    public override string ToString() => Name;
}
