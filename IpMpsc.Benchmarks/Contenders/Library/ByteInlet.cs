using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Library;

/// <summary>Receives bytes from a channel of this library, in place.</summary>
internal readonly struct ByteInlet<T>(string path, WaitStrategy strategy) : IInlet<T> where T : unmanaged
{
    private readonly ByteReceiver _receiver = ByteReceiver.Create(path, ChannelSetup.Of(strategy));

    public void Accept()
    {
        // Senders attach without a connection to accept.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Receive()
    {
        using ReceivedBytes message = _receiver.ReceiveInPlace();
        return MemoryMarshal.Read<T>(message.Payload);
    }

    public void Dispose() => _receiver.Dispose();
}
