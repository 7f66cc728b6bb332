namespace IpMpsc.Benchmarks.Measuring;

/// <summary>How much time is spent on a measurement.</summary>
/// <param name="RunTime">How long one run is to take.</param>
/// <param name="Runs">How many runs of each contender count.</param>
/// <param name="RareRuns">How many if the workload looks for something rare.</param>
/// <param name="MaxCount">The most messages in a run; a small number for a test that only checks whether it works.</param>
internal sealed record Effort(TimeSpan RunTime, int Runs, int RareRuns = 20, long MaxCount = long.MaxValue)
{
    public static Effort Full { get; } = new(TimeSpan.FromMilliseconds(150), Runs: 5);

    public static Effort Quick { get; } = new(TimeSpan.FromMilliseconds(40), Runs: 3, RareRuns: 20);
}
