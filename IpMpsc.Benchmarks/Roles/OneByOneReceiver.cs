using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Receives from an inlet, one message after another.</summary>
internal sealed class OneByOneReceiver<T, TInlet>(Job job, Func<string, TInlet> listen) : StreamReceiver(job)
    where T : unmanaged, IVerified<T>
    where TInlet : struct, IInlet<T>
{
    private TInlet _inlet;

    public override void Prepare() => _inlet = listen(Job.Address);

    public override void Dispose() => _inlet.Dispose();

    protected override void Accept() => _inlet.Accept();

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Receive(int count)
    {
        Ledger ledger = Ledger;
        TInlet inlet = _inlet;
        for (int index = 0; index < count; index++)
        {
            T message = inlet.Receive();
            ledger.Enter(in message);
        }

        _inlet = inlet;
    }
}
