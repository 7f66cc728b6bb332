using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Crashes;

/// <summary>Together these lead senders to every step that a sender performs.</summary>
internal static class SenderScenarios
{
    public static readonly SenderScenario Stream =
        new("stream", ProbeKind.Fixed, SenderFlavour.Exclusive, SendWay.Send, 4096)
        {
            Deaths =
            [
                ("open.lock", 1), ("slot.lock", 1), ("slot.check-claim", 1), ("slot.check-claim", 2), ("slot.clear", 1), ("slot.count", 1), ("open.recheck", 1),
                ("claim.read-tail", 13), ("claim.check-retired", 1), ("claim.read-head", 1), ("claim.invalidate", 1), ("claim.store-length", 1),
                ("claim.store-position", 13), ("claim.cas-tail", 13), ("commit.stamp", 13), ("wake.check", 13),
                ("leave.clear-claim", 1), ("leave.unlock", 1),
            ],
        };

    public static readonly SenderScenario FullRing =
        new("full ring", ProbeKind.Bytes, SenderFlavour.Shared, SendWay.Send, 256)
        {
            IsFull = true,
            Deaths =
            [
                ("claim.withdraw", 1), ("wait.raise", 1), ("wait.barrier", 1), ("wait.recheck", 1), ("wait.sleep", 1), ("wait.sleep", 2),
            ],
        };

    public static readonly SenderScenario EndOfLap =
        new("end of the lap", ProbeKind.Variable, SenderFlavour.Exclusive, SendWay.Send, 1024)
        {
            MaxLength = 400,
            Deaths =
            [
                // A claim's length is stored only if it differs from that of the claim before, so lengths must vary.
                ("claim.invalidate", 5), ("claim.store-length", 5), ("claim.cas-tail", 3),
                ("padding.stamp", 1), ("padding.stamp", 3), ("commit.stamp", 7), ("claim.read-head", 5),
            ],
        };

    public static readonly SenderScenario Batches =
        new("batches", ProbeKind.Fixed, SenderFlavour.Exclusive, SendWay.SendBatch, 4096)
        {
            Deaths = [("claim.cas-tail", 2), ("batch.stamp", 8), ("batch.stamp", 11), ("commit.stamp", 14), ("wake.check", 2)],
        };

    public static readonly SenderScenario Aborts =
        new("aborted claims", ProbeKind.Bytes, SenderFlavour.Shared, SendWay.ClaimAndAbort, 1024)
        {
            MaxLength = 200,
            Deaths = [("abort.stamp", 1), ("abort.stamp", 9), ("commit.stamp", 9)],
        };

    public static readonly SenderScenario ShorterCommits =
        new("shorter commits", ProbeKind.Bytes, SenderFlavour.Shared, SendWay.ClaimMore, 1024)
        {
            MaxLength = 200,
            Deaths = [("shorten.stamp-rest", 1), ("shorten.stamp-rest", 8), ("commit.stamp", 7), ("commit.stamp", 30), ("claim.cas-tail", 9)],
        };

    public static readonly SenderScenario SleepingReceiver =
        new("sleeping receiver", ProbeKind.Variable, SenderFlavour.Shared, SendWay.Send, 4096)
        {
            ReceiverSleeps = true,
            Deaths = [("wake.check", 2), ("wake.exchange", 2), ("wake.wake", 2)],
        };

    public static readonly SenderScenario Traced =
        new("trailers", ProbeKind.Bytes, SenderFlavour.Shared, SendWay.ClaimMore, 1024)
        {
            IsTraced = true,
            MaxLength = 200,
            Deaths = [("shorten.stamp-rest", 5), ("commit.stamp", 1), ("commit.stamp", 17), ("claim.cas-tail", 9), ("padding.stamp", 2), ("wake.check", 4)],
        };

    public static readonly SenderScenario TracedBatches =
        new("batches with trailers", ProbeKind.Fixed, SenderFlavour.Exclusive, SendWay.SendBatch, 4096)
        {
            IsTraced = true,
            Deaths = [("claim.cas-tail", 2), ("batch.stamp", 8), ("commit.stamp", 11)],
        };

    public static readonly IReadOnlyList<SenderScenario> All =
        [Stream, FullRing, EndOfLap, Batches, Aborts, ShorterCommits, Traced, TracedBatches, SleepingReceiver];
}
