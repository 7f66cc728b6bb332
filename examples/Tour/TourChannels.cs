using System.Numerics;

namespace IpMpsc.Examples.Tour;

/// <summary>The channels of the tour. Their files lie side by side and are deleted together.</summary>
/// <param name="Tallies">Path of the channel on which the processes report; the other paths begin with it.</param>
internal sealed record TourChannels(string Tallies) : IDisposable
{
    public string Lines => Tallies + "-lines";

    public string Quotes => Tallies + "-quotes";

    /// <summary>A channel that takes the longest line, and many of the usual length.</summary>
    public static IpcChannelOptions OptionsForLines(int longestLine) => new()
    {
        Capacity = Math.Max(1 << 20, (long)BitOperations.RoundUpToPowerOf2((ulong)longestLine + 64)),
        DeleteOnDispose = true,
    };

    public static IpcChannelOptions OptionsForQuotes() => new() { DeleteOnDispose = true };

    /// <summary>Deletes what a killed receiver could not delete.</summary>
    public void Dispose()
    {
        IpcChannel.Delete(Lines);
        IpcChannel.Delete(Quotes);
    }
}
