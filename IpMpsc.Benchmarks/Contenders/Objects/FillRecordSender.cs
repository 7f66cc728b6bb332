using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Objects;

/// <summary>Sends the generated form of the objects; shared, as the sender of objects is.</summary>
internal sealed class FillRecordSender(Job job) : StreamSender(job)
{
    private Sender<FillRecord>? _sender;

    public override void Prepare() => _sender = Sender<FillRecord>.Open(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _sender?.Dispose();

    protected override void Send(long first, int count)
    {
        FillRecord fill = FillRecord.Of(first);
        for (long number = first; number < first + count; number++)
        {
            fill.Number = number;
            fill.Price = 1.5 * number;
            _sender!.Send(in fill);
        }
    }
}
