using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Crashes;

/// <summary>How senders send and what else is going on when one dies, and the steps at which it does.</summary>
internal sealed record SenderScenario(string Name, ProbeKind Kind, SenderFlavour Flavour, SendWay Way, long Capacity)
{
    /// <summary>Messages that each sender would send.</summary>
    public const int Count = 200;

    /// <summary>The steps at which a sender dies in this scenario, each at its n-th time.</summary>
    public required IReadOnlyList<(string Step, int Occurrence)> Deaths { get; init; }

    public int MaxLength { get; init; } = 40;

    /// <summary>Nothing is received before the death: senders find the ring full.</summary>
    public bool IsFull { get; init; }

    /// <summary>Each message has a trailer.</summary>
    public bool IsTraced { get; init; }

    /// <summary>Each message is sent to a receiver that sleeps.</summary>
    public bool ReceiverSleeps { get; init; }

    /// <summary>Whether the sender dies while it opens the channel, so before it can say anything.</summary>
    public static bool IsOpening(string step) => step.StartsWith("open.", StringComparison.Ordinal) || step.StartsWith("slot.", StringComparison.Ordinal);

    public override string ToString() => Name;
}
