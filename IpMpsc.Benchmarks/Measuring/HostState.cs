namespace IpMpsc.Benchmarks.Measuring;

/// <summary>
/// The state of the machine around a run: how long a cache line needs from one processor to the other. A host moves
/// its virtual processors within seconds, and this alone changes every number for two processes by up to four times.
/// </summary>
internal static class HostState
{
    /// <summary>Times of the line that differ by no more than this belong to one state.</summary>
    public const double Spread = 1.5;

    /// <summary>What the states of a figure say.</summary>
    public const string Legend =
        "its value while a cache line needed so long from one processor to the other, in so many rounds";

    /// <summary>Whether the line was as fast as ever in this run of the program.</summary>
    public static bool IsNear(double line, double nearest) => line <= nearest * Spread;
}
