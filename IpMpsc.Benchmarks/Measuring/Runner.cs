using IpMpsc.Benchmarks.Peers;
using IpMpsc.Benchmarks.Workloads;

namespace IpMpsc.Benchmarks.Measuring;

/// <summary>
/// Lets the contenders of a workload run in turn, round after round, so that what the machine does
/// meanwhile hits all of them alike.
/// </summary>
/// <param name="team">The processes.</param>
/// <param name="effort">How long and how often each one runs.</param>
internal sealed class Runner(PeerTeam team, Effort effort)
{
    /// <summary>Timings of single round trips beyond this number say nothing new at the last percentile.</summary>
    private const long MaxTimed = 1_000_000;

    /// <summary>How much longer than others a run takes that measures next to nothing.</summary>
    private const int TimedRuns = 5;

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

        for (int round = 0; round < RunsOf(workload); round++)
        {
            foreach (Tally tally in tallies)
            {
                await RunAsync(workload, tally, timesEach: false);
                if (workload.HasDistribution)
                {
                    await RunAsync(workload, tally, timesEach: true);
                }
            }
        }

        return [.. tallies.Select(tally => tally.ToSeries(workload))];
    }

    private async Task RunAsync(Workload workload, Tally tally, bool timesEach)
    {
        Running?.Invoke(workload, tally.Contender);
        long count = timesEach ? Math.Min(tally.Count, MaxTimed) : tally.Count;
        tally.Enter(await team.RunAsync(workload, tally.Contender, count, timesEach), timesEach);
    }

    /// <summary>
    /// Runs longer and longer until a run takes its time: the code is compiled as hot code by then, and the
    /// number of messages for the runs that count is known.
    /// </summary>
    private async Task<long> WarmUpAsync(Workload workload, Contender contender)
    {
        Running?.Invoke(workload, contender);
        long count = Math.Min(workload.FirstCount, effort.MaxCount);
        await team.RunAsync(workload, contender, count); // Compiles: its time says nothing.
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

    /// <summary>What the runs of one contender have brought so far.</summary>
    private sealed class Tally(Contender contender, long count)
    {
        private readonly List<double> _values = [];
        private readonly List<double[]> _percentiles = [];
        private long _allocated;
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
            _allocated += outcomes.Sum(outcome => outcome.Allocated);
        }

        public Series ToSeries(Workload workload) => new(
            workload,
            contender,
            [.. _values],
            (double)_allocated / _messages,
            _percentiles.Count == 0 ? null : [.. Percentiles.Points.Select((_, index) => Series.MedianOf(_percentiles.Select(run => run[index])))]);
    }
}
