using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends a whole block of messages with one claim.</summary>
internal sealed class BatchSender(Job job) : StreamSender(job)
{
    private readonly Supply<Tick> _supply = new(job.Sender);
    private ExclusiveSender<Tick>? _sender;

    public override void Prepare() => _sender = ExclusiveSender<Tick>.Open(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _sender?.Dispose();

    protected override void Send(long first, int count) => _sender!.SendBatch(_supply.Next(first, count));
}
