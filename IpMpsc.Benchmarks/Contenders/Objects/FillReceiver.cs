using IpMpsc.Benchmarks.Contenders.Library;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Roles;
using IpMpsc.MemoryPack;
using IpMpsc.Objects;

namespace IpMpsc.Benchmarks.Contenders.Objects;

/// <summary>Receives objects from a channel.</summary>
internal sealed class FillReceiver(Job job) : StreamReceiver(job)
{
    private ObjectReceiver<Fill>? _receiver;
    private long _next;

    public override void Prepare() => _receiver = MemoryPackReceiver.Create<Fill>(Job.Address, ChannelSetup.Of(default));

    public override void Dispose() => _receiver?.Dispose();

    protected override void Receive(int count)
    {
        for (int index = 0; index < count; index++)
        {
            _receiver!.Receive().Verify(_next++);
        }
    }
}
