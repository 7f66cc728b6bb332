namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>
/// The options of the channels that are measured: the defaults, except for the
/// wait strategy.
/// </summary>
internal static class ChannelSetup
{
    /// <summary>A capacity is for measuring rings of all sizes, whose pages are mapped in advance.</summary>
    public static IpcChannelOptions Of(WaitStrategy strategy, long? capacity = null) =>
        new() { DeleteOnDispose = true, WaitStrategy = strategy, Capacity = capacity, Prefault = capacity is not null };
}
