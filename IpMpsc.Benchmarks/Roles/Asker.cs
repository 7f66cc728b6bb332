using System.Diagnostics;
using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Values;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Sends a message, waits until it comes back, and repeats that.</summary>
internal sealed class Asker<T, TInlet, TOutlet>(Job job, Func<string, TInlet> listen, Func<string, TOutlet> connect) : IRole
    where T : unmanaged, IVerified<T>
    where TInlet : struct, IInlet<T>
    where TOutlet : struct, IOutlet<T>
{
    /// <summary>Round trips in a call of the innermost loop.</summary>
    private const int Block = 64;

    private readonly Ledger _ledger = new(senders: 1);
    private TInlet _inlet;
    private TOutlet _outlet;

    public void Prepare() => _inlet = listen(job.Address + ".back");

    public Outcome Run()
    {
        _outlet = connect(job.Address + ".there");
        _inlet.Accept();
        Ask(0, 1);
        return job.TimesEach ? TimeEach() : TimeAll();
    }

    public void Dispose()
    {
        _inlet.Dispose();
        _outlet.Dispose();
    }

    /// <summary>
    /// The median of blocks of round trips, each timed as a whole: a process that is descheduled for some milliseconds
    /// does not count as slower.
    /// </summary>
    private Outcome TimeAll()
    {
        long trips = job.Count - 1;
        double[] times = new double[(trips + Block - 1) / Block];
        RunClock clock = RunClock.Start();
        for (int block = 0; block < times.Length; block++)
        {
            long first = 1 + (block * (long)Block);
            int count = (int)Math.Min(Block, job.Count - first);
            long start = Stopwatch.GetTimestamp();
            Ask(first, count);
            times[block] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
        }

        return clock.Stop(trips) with { Value = times.Median() };
    }

    private Outcome TimeEach()
    {
        long[] ticks = new long[job.Count - 1];
        RunClock clock = RunClock.Start();
        long before = Stopwatch.GetTimestamp();
        for (int asked = 0; asked < ticks.Length; asked++)
        {
            Ask(asked + 1, 1);
            long now = Stopwatch.GetTimestamp();
            ticks[asked] = now - before;
            before = now;
        }

        return clock.Stop(ticks.Length) with { Percentiles = Percentiles.OfTicks(ticks) };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Ask(long first, int count)
    {
        TInlet inlet = _inlet;
        TOutlet outlet = _outlet;
        for (int index = 0; index < count; index++)
        {
            T message = T.Make(0, first + index);
            outlet.Send(in message);
            message = inlet.Receive();
            _ledger.Enter(in message);
        }

        _inlet = inlet;
        _outlet = outlet;
    }
}
