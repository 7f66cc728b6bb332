namespace IpMpsc.Nats.Tests.Support;

/// <summary>A bridge that runs in this process until it is disposed.</summary>
internal sealed class RunningBridge : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    public RunningBridge(JetStreamBridge bridge)
    {
        Bridge = bridge;
        _running = bridge.RunAsync(_end.Token);
    }

    public JetStreamBridge Bridge { get; }

    public BridgeStatus Status => Bridge.Status;

    /// <summary>Waits until the bridge says that it waits for something, or refuses to continue.</summary>
    /// <returns>The reason.</returns>
    public string AwaitReason(BridgeState state, string part)
    {
        string? reason = null;
        bool isSo = SpinWait.SpinUntil(
            () => Status is { } status && status.State == state && (reason = status.Reason)!.Contains(part, StringComparison.Ordinal), Patience.Limit);
        Assert.That(isSo, () => $"The bridge should be {state} and say '{part}'; it is {Status}");
        return reason!;
    }

    /// <summary>Requires that the bridge has carried exactly this many messages. Waits for the count, which changes after the messages have arrived.</summary>
    public void ExpectMessages(long count)
    {
        Patience.Until(() => Status.Messages >= count, $"{count:N0} messages are counted");
        Assert.That(Status.Messages, Is.EqualTo(count));
    }

    public void AwaitRunning() => Patience.Until(() => Status.State == BridgeState.Running, "the bridge runs");

    public void Dispose()
    {
        if (!_running.IsCompleted)
        {
            _end.Cancel();
            _running.Finish("the bridge");
            _end.Dispose();
        }
    }
}
