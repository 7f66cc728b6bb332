using System.Net.Sockets;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Sends through a Unix domain stream socket, with as many messages in each system call as fit into 64 KiB.</summary>
internal struct BufferedOutlet<T>(string path) : IOutlet<T> where T : unmanaged
{
    public const int BufferSize = 64 * 1024;

    private readonly Socket _socket = UnixSocket.Connect(path);
    private readonly byte[] _buffer = new byte[BufferSize];
    private int _length;

    public void Send(in T message)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message));
        if (_length + bytes.Length > BufferSize)
        {
            Flush();
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>Sends the rest.</summary>
    public void Dispose()
    {
        Flush();
        _socket.Dispose();
    }

    private void Flush()
    {
        _socket.Send(_buffer.AsSpan(0, _length));
        _length = 0;
    }
}
