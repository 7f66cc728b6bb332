using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Objects;

/// <summary>Receives the generated form of the objects: reads it in the ring, or copies it.</summary>
internal sealed class FillRecordReceiver(Job job, bool inPlace) : StreamReceiver(job)
{
    private Receiver<FillRecord>? _receiver;
    private long _next;

    public override void Prepare() => _receiver = Receiver<FillRecord>.Create(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _receiver?.Dispose();

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (inPlace)
            {
                using ReceivedMessage<FillRecord> message = _receiver!.ReceiveInPlace();
                FillRecord.View fill = message.View;
                FillRecord.Verify(fill.Number, fill.Price, fill.Symbol.Length, fill.Trader.Length, fill.Venues.Length, _next++);
            }
            else
            {
                FillRecord fill = _receiver!.Receive();
                FillRecord.Verify(fill.Number, fill.Price, fill.Symbol.Length, fill.Trader.Length, fill.Venues.Length, _next++);
            }
        }
    }
}
