using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Receives with each call as many messages as are there, up to a block.</summary>
internal sealed class BatchReceiver(Job job) : StreamReceiver(job)
{
    private readonly Tick[] _block = new Tick[StreamSender.Block];
    private Receiver<Tick>? _receiver;

    public override void Prepare() => _receiver = Receiver<Tick>.Create(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _receiver?.Dispose();

    protected override void Receive(int count)
    {
        while (count > 0)
        {
            Span<Tick> received = _block.AsSpan(0, _receiver!.ReceiveBatch(_block.AsSpan(0, count)));
            foreach (ref readonly Tick tick in received)
            {
                Ledger.Enter(in tick);
            }

            count -= received.Length;
        }
    }
}
