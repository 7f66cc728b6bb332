using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends payloads of one size, each with its number at the start and the end.</summary>
internal sealed class SizedSender(Job job, int size) : StreamSender(job)
{
    private readonly byte[] _payload = new byte[size];
    private ByteSender? _sender;

    public override void Prepare() => _sender = ByteSender.Open(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _sender?.Dispose();

    protected override void Send(long first, int count)
    {
        for (long number = first; number < first + count; number++)
        {
            Ends.Stamp(_payload, number);
            _sender!.Send(_payload);
        }
    }
}
