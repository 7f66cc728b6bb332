using System.Net.Sockets;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Receives from a Unix domain stream socket, one system call for each message.</summary>
internal struct SocketInlet<T>(string path) : IInlet<T> where T : unmanaged
{
    private readonly Socket _listener = UnixSocket.Listen(path);
    private Socket? _socket;

    public void Accept() => _socket = _listener.Accept();

    public readonly T Receive()
    {
        T message = default;
        UnixSocket.ReceiveAll(_socket!, MemoryMarshal.AsBytes(new Span<T>(ref message)));
        return message;
    }

    public readonly void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }
}
