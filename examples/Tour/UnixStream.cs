using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace IpMpsc.Examples.Tour;

/// <summary>The alternative that the tour compares with: a Unix domain socket, one call for each message.</summary>
internal sealed class UnixStream(Socket socket) : IDisposable
{
    /// <summary>Waits for the other side to connect.</summary>
    public static UnixStream Accept(Socket listener) => new(listener.Accept());

    public static Socket Listen(string path)
    {
        Socket listener = NewSocket();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    public static UnixStream Connect(string path)
    {
        Socket socket = NewSocket();
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return new UnixStream(socket);
    }

    public void Send<T>(in T message) where T : unmanaged =>
        socket.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)));

    /// <summary>Receives one message; false when the other side has closed the connection.</summary>
    public bool TryReceive<T>(out T message) where T : unmanaged
    {
        message = default;
        Span<byte> rest = MemoryMarshal.AsBytes(new Span<T>(ref message));
        while (!rest.IsEmpty)
        {
            int received = socket.Receive(rest);
            if (received == 0)
            {
                return false;
            }

            rest = rest[received..];
        }

        return true;
    }

    public void Dispose() => socket.Dispose();

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
