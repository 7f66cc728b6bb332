namespace IpMpsc.Examples.ManyChannels;

internal static class Options
{
    /// <summary>A thousand channels of 4 KiB and one sender each take 12 MiB.</summary>
    public static IpcChannelOptions Small { get; } = new() { Capacity = 4096, MaxSenders = 1, EndWithSenders = true };
}
