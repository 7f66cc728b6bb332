using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders.Sockets;

/// <summary>Receives from a Unix domain stream socket, up to 64 KiB with each system call.</summary>
internal struct BufferedInlet<T>(string path) : IInlet<T> where T : unmanaged
{
    private readonly Socket _listener = UnixSocket.Listen(path);
    private readonly byte[] _buffer = new byte[BufferedOutlet<T>.BufferSize];
    private Socket? _socket;
    private int _begin;
    private int _end;

    public void Accept() => _socket = _listener.Accept();

    public T Receive()
    {
        while (_end - _begin < Unsafe.SizeOf<T>())
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
            _end += _socket!.Receive(_buffer.AsSpan(_end));
        }

        T message = MemoryMarshal.Read<T>(_buffer.AsSpan(_begin));
        _begin += Unsafe.SizeOf<T>();
        return message;
    }

    public readonly void Dispose()
    {
        _socket?.Dispose();
        _listener.Dispose();
    }
}
