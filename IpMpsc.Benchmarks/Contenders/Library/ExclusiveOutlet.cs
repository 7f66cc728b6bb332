using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends copies to a channel of this library, from one thread.</summary>
internal readonly struct ExclusiveOutlet<T>(string path, WaitStrategy strategy, long? capacity = null) : IOutlet<T>
    where T : unmanaged, IChannelMessage<T>
{
    private readonly ExclusiveSender<T> _sender = ExclusiveSender<T>.Open(path, ChannelSetup.Of(strategy, capacity));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message) => _sender.Send(in message);

    public void Dispose() => _sender.Dispose();
}
