namespace IpMpsc.Nats.Progress;

/// <summary>Interrupts a bridge: it begins anew, behind what has arrived.</summary>
/// <param name="state">Whether time may help or somebody must act.</param>
/// <param name="message">What the bridge waits for, and why.</param>
internal sealed class BridgeObstacle(BridgeState state, string message) : Exception(message)
{
    public BridgeState State { get; } = state;

    public static BridgeObstacle Wait(string message) => new(BridgeState.Waiting, message);

    public static BridgeObstacle Refuse(string message) => new(BridgeState.Refused, message);
}
