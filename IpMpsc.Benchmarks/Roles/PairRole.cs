using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Sends a message and receives it, on one thread: what both sides cost without any waiting.</summary>
internal sealed class PairRole<T, TInlet, TOutlet>(Job job, Func<string, TInlet> listen, Func<string, TOutlet> connect) : IRole
    where T : unmanaged, IVerified<T>
    where TInlet : struct, IInlet<T>
    where TOutlet : struct, IOutlet<T>
{
    private readonly Supply<T> _supply = new(sender: 0);
    private readonly Ledger _ledger = new(senders: 1);
    private TInlet _inlet;
    private TOutlet _outlet;

    public void Prepare()
    {
        _inlet = listen(job.Address);
        _outlet = connect(job.Address);
        _inlet.Accept();
    }

    public Outcome Run()
    {
        RunClock clock = RunClock.Start();
        for (long done = 0; done < job.Count; done += StreamSender.Block)
        {
            Exchange(done, (int)Math.Min(StreamSender.Block, job.Count - done));
        }

        return clock.Stop(job.Count);
    }

    public void Dispose()
    {
        _outlet.Dispose();
        _inlet.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Exchange(long first, int count)
    {
        TInlet inlet = _inlet;
        TOutlet outlet = _outlet;
        foreach (ref readonly T message in _supply.Next(first, count))
        {
            outlet.Send(in message);
            T received = inlet.Receive();
            _ledger.Enter(in received);
        }

        _inlet = inlet;
        _outlet = outlet;
    }
}
