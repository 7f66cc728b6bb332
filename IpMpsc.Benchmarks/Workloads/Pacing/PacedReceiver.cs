using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Workloads.Pacing;

/// <summary>Receives messages and records how old each one is.</summary>
internal sealed class PacedReceiver<TInlet>(Job job, Func<string, TInlet> listen) : IRole where TInlet : struct, IInlet<Dated>
{
    private TInlet _inlet;

    public void Prepare() => _inlet = listen(job.Address);

    public Outcome Run()
    {
        long[] ages = new long[job.Count];
        _inlet.Accept();
        RunClock clock = RunClock.Start();
        for (int number = 0; number < ages.Length; number++)
        {
            ages[number] = _inlet.Receive().AgeOf(number);
        }

        Outcome outcome = clock.Stop(ages.Length);
        double[] percentiles = Percentiles.OfTicks(ages);
        return outcome with { Value = percentiles[0], Percentiles = job.TimesEach ? percentiles : null };
    }

    public void Dispose() => _inlet.Dispose();
}
