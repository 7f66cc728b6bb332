using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Sends copies to a channel of this library with a sender that threads may share.</summary>
internal readonly struct SharedOutlet<T>(string path, WaitStrategy strategy) : IOutlet<T>
    where T : unmanaged, IChannelMessage<T>
{
    private readonly Sender<T> _sender = Sender<T>.Open(path, ChannelSetup.Of(strategy));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message) => _sender.Send(in message);

    public void Dispose() => _sender.Dispose();
}
