using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Receives copies from a channel of this library.</summary>
internal readonly struct ChannelInlet<T>(string path, WaitStrategy strategy, long? capacity = null) : IInlet<T>
    where T : unmanaged, IChannelMessage<T>
{
    private readonly Receiver<T> _receiver = Receiver<T>.Create(path, ChannelSetup.Of(strategy, capacity));

    public void Accept()
    {
        // Senders attach without a connection to accept.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Receive() => _receiver.Receive();

    public void Dispose() => _receiver.Dispose();
}
