using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.MemoryPack;
using IpMpsc.Objects;

namespace IpMpsc.Benchmarks.Contenders.Objects;

/// <summary>Sends objects through a channel.</summary>
internal sealed class FillSender(Job job) : StreamSender(job)
{
    private ObjectSender<Fill>? _sender;

    public override void Prepare() => _sender = MemoryPackSender.Open<Fill>(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _sender?.Dispose();

    protected override void Send(long first, int count)
    {
        Fill fill = Fill.Of(first);
        for (long number = first; number < first + count; number++)
        {
            fill.Number = number;
            fill.Price = 1.5 * number;
            _sender!.Send(fill);
        }
    }
}
