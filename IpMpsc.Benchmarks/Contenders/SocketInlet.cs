using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Receives from a Unix domain stream socket, one system call for each message.</summary>
internal struct SocketInlet<T> : IInlet<T> where T : unmanaged
{
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private Socket? _socket;

    public SocketInlet(string path)
    {
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
    }

    public void Accept() => _socket = _listener.Accept();

    public readonly T Receive()
    {
        T message = default;
        Span<byte> rest = MemoryMarshal.AsBytes(new Span<T>(ref message));
        while (!rest.IsEmpty)
        {
            rest = rest[_socket!.Receive(rest)..];
        }

        return message;
    }

    public readonly void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }
}
