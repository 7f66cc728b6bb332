using System.Diagnostics;

namespace IpMpsc.Examples.Tour;

/// <summary>Round trips made during a fixed time, each of them timed.</summary>
internal sealed class Latencies
{
    private const int WarmUp = 2_000;

    private readonly List<long> _ticks = [];

    /// <summary>Half of the round trips took at most this long.</summary>
    public TimeSpan Median => At(0.5);

    /// <summary>99 of 100 round trips took at most this long.</summary>
    public TimeSpan P99 => At(0.99);

    /// <summary>Makes round trips for a while; the first ones, which wait for the JIT compiler, do not count.</summary>
    /// <param name="duration">How long.</param>
    /// <param name="trip">Sends a ping with this sequence and returns the sequence of the answer.</param>
    /// <param name="progress">Is told how much of the time has passed.</param>
    /// <exception cref="InvalidDataException">An answer belongs to another ping.</exception>
    public static Latencies Measure(TimeSpan duration, Func<long, long> trip, Action<TimeSpan> progress)
    {
        Latencies latencies = new();
        long start = Stopwatch.GetTimestamp();
        for (long sequence = 0; Stopwatch.GetElapsedTime(start) < duration; sequence++)
        {
            long before = Stopwatch.GetTimestamp();
            if (trip(sequence) is var answer && answer != sequence)
            {
                throw new InvalidDataException($"Ping {sequence:N0} was answered by {answer:N0}.");
            }

            if (sequence >= WarmUp)
            {
                latencies._ticks.Add(Stopwatch.GetTimestamp() - before);
            }

            if (sequence % 1_000 == 0)
            {
                progress(Stopwatch.GetElapsedTime(start));
            }
        }

        latencies._ticks.Sort();
        return latencies;
    }

    private TimeSpan At(double part) =>
        _ticks.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(0, _ticks[(int)(part * (_ticks.Count - 1))]);
}
