using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Checks each message in the ring.</summary>
internal sealed class InPlaceReceiver(Job job) : StreamReceiver(job)
{
    private Receiver<Tick>? _receiver;

    public override void Prepare() => _receiver = Receiver<Tick>.Create(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _receiver?.Dispose();

    protected override void Receive(int count)
    {
        Receiver<Tick> receiver = _receiver!;
        for (int index = 0; index < count; index++)
        {
            using ReceivedMessage<Tick> message = receiver.ReceiveInPlace();
            Tick tick = message.Read();
            Ledger.Enter(in tick);
        }
    }
}
