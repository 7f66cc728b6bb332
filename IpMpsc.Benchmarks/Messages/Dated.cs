using System.Diagnostics;

namespace IpMpsc.Benchmarks.Messages;

/// <summary>
/// A message with the time at which it was due, for latencies in one direction. The clock is that of the machine: all
/// processes read the same.
/// </summary>
[ChannelMessage]
internal partial struct Dated
{
    public long Number;
    public long Due;
    public long Check;
    public long More;

    public static Dated Make(long number, long due) => new() { Number = number, Due = due, Check = ~(number + due) };

    /// <summary>Ticks of the clock since it was due.</summary>
    /// <exception cref="BenchmarkException">It is damaged, or not the one that was expected.</exception>
    public readonly long AgeOf(long expected)
    {
        long now = Stopwatch.GetTimestamp();
        return Number == expected && Check == ~(Number + Due)
            ? now - Due
            : throw new BenchmarkException($"Message {Number} arrived damaged, twice or out of order; {expected} was due.");
    }
}
