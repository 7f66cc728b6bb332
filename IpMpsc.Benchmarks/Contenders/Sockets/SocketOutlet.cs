using System.Net.Sockets;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Sends through a Unix domain stream socket, one system call for each message.</summary>
internal readonly struct SocketOutlet<T>(string path) : IOutlet<T> where T : unmanaged
{
    private readonly Socket _socket = UnixSocket.Connect(path);

    public void Send(in T message) => _socket.Send(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)));

    public void Dispose() => _socket.Dispose();
}
