namespace IpMpsc.Benchmarks.Contenders;

/// <summary>The options of the channels that are measured; those of a user who has not thought about them, but for the waiting.</summary>
internal static class ChannelSetup
{
    public static IpcChannelOptions Of(WaitStrategy strategy) => new() { DeleteOnDispose = true, WaitStrategy = strategy };
}
