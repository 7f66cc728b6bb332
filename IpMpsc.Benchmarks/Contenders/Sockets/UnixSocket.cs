using System.Net.Sockets;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>The calls that every contender with a Unix domain stream socket makes.</summary>
internal static class UnixSocket
{
    public static Socket Listen(string path)
    {
        Socket listener = New();
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        return listener;
    }

    public static Socket Connect(string path)
    {
        Socket socket = New();
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }

    /// <summary>Receives until the buffer is full.</summary>
    public static void ReceiveAll(Socket socket, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            buffer = buffer[socket.Receive(buffer)..];
        }
    }

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
