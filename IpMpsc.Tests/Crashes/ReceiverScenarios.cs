using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Crashes;

/// <summary>Together these lead a receiver to every step that a receiver performs.</summary>
internal static class ReceiverScenarios
{
    public static readonly ReceiverScenario Stream =
        new("stream", ProbeKind.Fixed, SenderFlavour.Exclusive, 4096)
        {
            Deaths =
            [
                ("open.lock", 1), ("open.recheck", 1), ("receive.read-stamp", 1), ("receive.read-stamp", 20),
                ("release.publish-head", 1), ("release.publish-head", 20), ("wake.check", 20),
            ],
        };

    public static readonly ReceiverScenario EndOfLap =
        new("end of the lap", ProbeKind.Variable, SenderFlavour.Shared, 1024)
        {
            MaxLength = 400,
            Deaths = [("release.publish-head", 9), ("wake.check", 9)],
        };

    public static readonly ReceiverScenario Batches =
        new("batches", ProbeKind.Variable, SenderFlavour.Exclusive, 4096)
        {
            MaxLength = 200,
            Way = SendWay.SendBatch,
            Deaths = [("release.publish-head", 5), ("wake.check", 12)],
        };

    public static readonly ReceiverScenario FullRing =
        new("full ring", ProbeKind.Bytes, SenderFlavour.Shared, 256)
        {
            IsFull = true,
            Deaths = [("wake.exchange", 1), ("wake.wake", 1), ("release.publish-head", 2)],
        };

    public static readonly ReceiverScenario Idle =
        new("idle", ProbeKind.Fixed, SenderFlavour.Shared, 4096)
        {
            IsIdle = true,
            Deaths =
            [
                ("wait.raise", 1), ("wait.barrier", 1), ("wait.recheck", 1), ("wait.sleep", 1), ("wait.lower", 1), ("recover.read-tail", 2),
            ],
        };

    public static readonly ReceiverScenario Gap =
        new("gap", ProbeKind.Fixed, SenderFlavour.Exclusive, 4096)
        {
            HasGap = true,
            Deaths =
            [
                ("recover.read-tail", 1), ("recover.read-claim", 1), ("recover.ask-kernel", 1), ("recover.recheck-claim", 1),
                ("recover.recheck-stamp", 1), ("recover.recheck-tail", 1), ("recover.evidence-tail", 1), ("recover.evidence-claim", 1), ("recover.evidence-stamp", 1),
                ("recover.publish-head", 1),
            ],
        };

    public static readonly ReceiverScenario Holding =
        new("holding", ProbeKind.Variable, SenderFlavour.Shared, 4096)
        {
            Hold = 10,
            MaxLength = 200,
            Deaths =
            [
                ("receive.read-stamp", 7), ("receive.read-stamp", 60), ("release.publish-head", 1), ("release.publish-head", 7),
                ("release.publish-head", 30), ("wake.check", 5), ("wake.exchange", 1),
            ],
        };

    /// <summary>The cursor skips the gap while the messages before it are held; the successor must find the same gap.</summary>
    public static readonly ReceiverScenario GapBehindHeld =
        new("gap behind held", ProbeKind.Fixed, SenderFlavour.Exclusive, 4096)
        {
            Hold = 10,
            HasGap = true,
            Deaths =
            [
                ("recover.read-tail", 1), ("recover.recheck-claim", 1), ("recover.evidence-stamp", 1), ("recover.publish-head", 1),
                ("release.publish-head", 1), ("release.publish-head", 4), ("receive.read-stamp", 8), ("receive.read-stamp", 12),
            ],
        };

    public static readonly IReadOnlyList<ReceiverScenario> All = [Stream, EndOfLap, Batches, FullRing, Idle, Gap, Holding, GapBehindHeld];
}
