using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>
/// Runs the contenders of a workload in turn, round after round, so that what the machine does
/// meanwhile affects all of them alike.
/// </summary>
/// <param name="team">The processes.</param>
/// <param name="effort">How long and how often each one runs.</param>
internal sealed class Runner(PeerTeam team, Effort effort)
{
    /// <summary>Timing more single round trips than this would not change the last percentile.</summary>
    private const long MaxTimed = 1_000_000;

    /// <summary>How many ordinary runs' time a run takes that measures next to nothing.</summary>
    private const int TimedRuns = 5;

    /// <summary>Bounces of the cache line that measure the state of the host, in a millisecond or two.</summary>
    private const long Bounces = 4096;

    private static readonly Workload s_roundTrips = Catalogue.Workload(RoundTrips.Name);
    private static readonly Contender s_cacheLine = s_roundTrips.Contender(RoundTrips.CacheLine);

    /// <summary>Called before each run with what it is.</summary>
    public event Action<Workload, Contender>? Running;

    /// <summary>How often <see cref="Running"/> will be raised for a workload: for each run and each warm-up.</summary>
    public int StepsOf(Workload workload) =>
        workload.Contenders.Count * (1 + (RunsOf(workload) * (workload.HasDistribution ? 2 : 1)));

    private int RunsOf(Workload workload) => workload.IsRare ? effort.RareRuns : effort.Runs;

    public async Task<IReadOnlyList<Series>> MeasureAsync(Workload workload)
    {
        List<Tally> tallies = [];
        foreach (Contender contender in workload.Contenders)
        {
            tallies.Add(new Tally(contender, await WarmUpAsync(workload, contender)));
        }

        double before = await LineAsync(workload);
        for (int round = 0; round < RunsOf(workload); round++)
        {
            foreach (Tally tally in tallies)
            {
                await RunAsync(workload, tally, timesEach: false);
                double after = await LineAsync(workload);
                tally.Enter(Math.Max(before, after));
                before = after;
                if (workload.HasDistribution)
                {
                    await RunAsync(workload, tally, timesEach: true);
                }
            }
        }

        return [.. tallies.Select(tally => tally.ToSeries(workload))];
    }

    /// <summary>
    /// How long a cache line currently needs from one processor to the other; NaN if there is only one processor, or if time
    /// does not matter.
    /// </summary>
    private async Task<double> LineAsync(Workload workload) => workload.IsTimed || Environment.ProcessorCount == 1
        ? double.NaN
        : (await team.RunAsync(s_roundTrips, s_cacheLine, Math.Clamp(effort.MaxCount / 16, 2, Bounces)))[0].Value / 2;

    private async Task RunAsync(Workload workload, Tally tally, bool timesEach)
    {
        Running?.Invoke(workload, tally.Contender);
        long count = timesEach ? Math.Min(tally.Count, MaxTimed) : tally.Count;
        tally.Enter(await team.RunAsync(workload, tally.Contender, count, timesEach), timesEach);
    }

    /// <summary>
    /// Runs longer and longer until a run takes long enough: the code is compiled as hot code by then, and the
    /// number of messages for the runs that count is known.
    /// </summary>
    private async Task<long> WarmUpAsync(Workload workload, Contender contender)
    {
        Running?.Invoke(workload, contender);
        long count = Math.Min(workload.FixedCount ?? workload.FirstCount, effort.MaxCount);
        await team.RunAsync(workload, contender, count); // This run compiles, so its time means nothing.
        if (workload.FixedCount is not null)
        {
            return count;
        }

        if (workload.IsTimed)
        {
            return Math.Min((long)(effort.RunTime * TimedRuns).TotalMilliseconds, effort.MaxCount);
        }

        while (true)
        {
            Outcome outcome = (await team.RunAsync(workload, contender, count))[0];
            double seconds = outcome.Value * outcome.Messages / 1e9;
            double factor = effort.RunTime.TotalSeconds / Math.Max(seconds, 1e-9);
            if (factor < 1.5 || count == effort.MaxCount)
            {
                return count;
            }

            count = Math.Min((long)(count * Math.Min(factor, 32)), effort.MaxCount);
        }
    }

    /// <summary>The results of one contender so far.</summary>
    private sealed class Tally(Contender contender, long count)
    {
        private readonly List<double> _values = [];
        private readonly List<double[]> _percentiles = [];
        private readonly List<double> _lines = [];
        private long? _allocated = 0;
        private long _messages;

        public Contender Contender => contender;

        public long Count => count;

        public void Enter(Outcome[] outcomes, bool timesEach)
        {
            if (timesEach)
            {
                _percentiles.Add(outcomes[0].Percentiles!);
                return;
            }

            _values.Add(outcomes[0].Value);
            _messages += outcomes[0].Messages;
            _allocated = outcomes.Aggregate(_allocated, static (sum, outcome) => sum + outcome.Allocated);
        }

        /// <summary>Enters the state of the host around the run.</summary>
        public void Enter(double line) => _lines.Add(line);

        public Series ToSeries(Workload workload) => new(
            workload,
            contender,
            [.. _values],
            (double?)_allocated / _messages,
            _percentiles.Count == 0 ? null : [.. Percentiles.Points.Select((_, index) => _percentiles.Select(run => run[index]).Median())])
        {
            Lines = _lines.Any(double.IsNaN) ? [] : [.. _lines],
        };
    }
}
