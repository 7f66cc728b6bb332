using System.Diagnostics;

namespace IpMpsc.Core;

/// <summary>
/// How long a waiter polls before it sleeps. It learns from each wait: one that ended while spinning
/// was, or would have been, cheaper than a sleep earns the full budget; a longer one halves it.
/// </summary>
internal struct SpinBudget
{
    // A sleep and the wake-up from it cost the two sides 5 to 50 microseconds together.
    private static readonly long s_most = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency / 20_000;
    private static readonly long s_least = s_most / 32;

    private long _ticks;

    public SpinBudget() => _ticks = s_most;

    public readonly long Ticks => _ticks;

    /// <summary>Learns from a wait of that many ticks, spinning and sleeping together.</summary>
    public void Learn(long waited) => _ticks = waited <= s_most ? s_most : Math.Max(s_least, _ticks / 2);
}
