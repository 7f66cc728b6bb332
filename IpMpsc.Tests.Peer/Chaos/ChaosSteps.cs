namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>Steps before which participants are told to kill themselves.</summary>
internal static class ChaosSteps
{
    private static readonly string[] s_sender =
    [
        "open.lock", "open.recheck", "slot.lock", "slot.check-claim", "slot.check-lost", "slot.clear", "slot.count", "slot.unlock",
        "claim.read-tail", "claim.check-retired", "claim.read-head", "claim.invalidate", "claim.store-length", "claim.store-position",
        "claim.cas-tail", "claim.withdraw", "commit.stamp", "abort.stamp", "batch.stamp", "padding.stamp",
        "wake.check", "wake.exchange", "wake.wake", "wait.raise", "wait.barrier", "wait.recheck", "wait.sleep",
    ];

    private static readonly string[] s_receiver =
    [
        "open.lock", "open.recheck", "receive.read-stamp", "release.publish-head", "recover.read-tail", "recover.read-claim",
        "recover.ask-kernel", "recover.recheck-claim", "recover.recheck-stamp", "recover.recheck-tail", "recover.evidence-tail", "recover.evidence-claim",
        "recover.evidence-stamp", "recover.publish-head", "wake.check", "wake.exchange", "wake.wake", "wait.raise", "wait.barrier",
        "wait.recheck", "wait.sleep", "wait.lower",
    ];

    /// <summary>An order for half of the participants: to die at any occurrence of a step, from the first to the ten thousandth.</summary>
    public static string? Order(Random random, bool forReceiver)
    {
        string[] steps = forReceiver ? s_receiver : s_sender;
        string step = steps[random.Next(steps.Length)];
        int occurrence = (int)Math.Pow(10, 4 * random.NextDouble());
        return random.Next(2) == 0 ? $"{step}:kill:{occurrence}" : null;
    }
}
