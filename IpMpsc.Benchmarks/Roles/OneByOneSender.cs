using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Roles;

/// <summary>Sends through an outlet, one message after another.</summary>
internal sealed class OneByOneSender<T, TOutlet>(Job job, Func<string, TOutlet> connect) : StreamSender(job)
    where T : unmanaged, IVerified<T>
    where TOutlet : struct, IOutlet<T>
{
    private readonly Supply<T> _supply = new(job.Sender);
    private TOutlet _outlet;

    public override void Prepare() => _outlet = connect(Job.Address);

    public override void Dispose() => _outlet.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    protected override void Send(long first, int count)
    {
        TOutlet outlet = _outlet;
        foreach (ref readonly T message in _supply.Next(first, count))
        {
            outlet.Send(in message);
        }

        _outlet = outlet;
    }
}
