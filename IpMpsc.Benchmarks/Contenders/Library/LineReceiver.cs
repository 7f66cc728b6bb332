using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Checks log lines in the ring.</summary>
internal sealed class LineReceiver(Job job) : StreamReceiver(job)
{
    private Receiver<LogLine>? _receiver;
    private long _next;

    public override void Prepare() => _receiver = Receiver<LogLine>.Create(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _receiver?.Dispose();

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            using ReceivedMessage<LogLine> message = _receiver!.ReceiveInPlace();
            LogLine.View line = message.View;
            LogText.Verify(line.Number, line.Text, _next++);
        }
    }
}
