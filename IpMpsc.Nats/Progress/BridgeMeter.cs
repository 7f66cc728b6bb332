using System.Diagnostics.Metrics;

namespace IpMpsc.Nats.Progress;

/// <summary>The instruments of bridges, in the meter of the channels. Each measurement has the channel, the stream and the direction as its tags.</summary>
internal static class BridgeMeter
{
    private static readonly Meter s_meter = new("IpMpsc");
    private static readonly Lock s_gate = new();
    private static readonly List<BridgeProgress> s_bridges = [];

    public static readonly Counter<long> Messages = s_meter.CreateCounter<long>(
        "ipmpsc.bridge.messages", "{message}", "Messages that were acknowledged by the broker, or sent to the channel.");

    public static readonly Counter<long> Bytes = s_meter.CreateCounter<long>(
        "ipmpsc.bridge.bytes", "By", "Payload bytes of those messages.");

    public static readonly Counter<long> Batches = s_meter.CreateCounter<long>(
        "ipmpsc.bridge.batches", "{batch}", "Batches in which they travelled.");

    public static readonly Counter<long> Interruptions = s_meter.CreateCounter<long>(
        "ipmpsc.bridge.interruptions", "{interruption}", "How often a bridge was interrupted and resumed.");

    public static readonly Counter<long> Foreign = s_meter.CreateCounter<long>(
        "ipmpsc.bridge.foreign", "{message}", "Messages of the stream that no bridge has written, and that were stepped over.");

    static BridgeMeter()
    {
        s_meter.CreateObservableGauge(
            "ipmpsc.bridge.pending", () => Measure(static status => status.Pending), "{batch}", "Batches in flight to the broker, or waiting in the stream for the bridge.");
        s_meter.CreateObservableGauge(
            "ipmpsc.bridge.running", () => Measure(static status => status.State == BridgeState.Running ? 1 : 0), "{bridge}", "1 while the bridge carries messages, 0 while it waits.");
    }

    public static void Add(BridgeProgress bridge)
    {
        lock (s_gate)
        {
            s_bridges.Add(bridge);
        }
    }

    public static void Remove(BridgeProgress bridge)
    {
        lock (s_gate)
        {
            s_bridges.Remove(bridge);
        }
    }

    private static List<Measurement<long>> Measure(Func<BridgeStatus, long> value)
    {
        lock (s_gate)
        {
            return [.. s_bridges.Select(bridge => new Measurement<long>(value(bridge.Status), bridge.Tags))];
        }
    }
}
