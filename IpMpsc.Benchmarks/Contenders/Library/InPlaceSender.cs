using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Claims each message and fills it in the ring.</summary>
internal sealed class InPlaceSender(Job job) : StreamSender(job)
{
    private readonly Supply<Tick> _supply = new(job.Sender);
    private ExclusiveSender<Tick>? _sender;

    public override void Prepare() => _sender = ExclusiveSender<Tick>.Open(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _sender?.Dispose();

    protected override void Send(long first, int count)
    {
        ExclusiveSender<Tick> sender = _sender!;
        foreach (ref readonly Tick message in _supply.Next(first, count))
        {
            using Claim<Tick> claim = sender.Claim();
            claim.Writer = message;
            claim.Commit();
        }
    }
}
