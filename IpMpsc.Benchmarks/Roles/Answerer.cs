using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Sends every message back.</summary>
internal sealed class Answerer<T, TInlet, TOutlet>(Job job, Func<string, TInlet> listen, Func<string, TOutlet> connect) : IRole
    where T : unmanaged, IVerified<T>
    where TInlet : struct, IInlet<T>
    where TOutlet : struct, IOutlet<T>
{
    private readonly Ledger _ledger = new(senders: 1);
    private TInlet _inlet;
    private TOutlet _outlet;

    public void Prepare()
    {
        _inlet = listen(job.Address + ".there");
        _outlet = connect(job.Address + ".back");
    }

    public Outcome Run()
    {
        _inlet.Accept();
        Answer(1);
        RunClock clock = RunClock.Start();
        for (long answered = 1; answered < job.Count; answered += StreamSender.Block)
        {
            Answer((int)Math.Min(StreamSender.Block, job.Count - answered));
        }

        return clock.Stop(job.Count - 1);
    }

    public void Dispose()
    {
        _inlet.Dispose();
        _outlet.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Answer(int count)
    {
        TInlet inlet = _inlet;
        TOutlet outlet = _outlet;
        for (int index = 0; index < count; index++)
        {
            T message = inlet.Receive();
            _ledger.Enter(in message);
            outlet.Send(in message);
        }

        _inlet = inlet;
        _outlet = outlet;
    }
}
