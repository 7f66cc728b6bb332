using System.IO.Pipes;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Receives from a named pipe, one system call for each message.</summary>
internal readonly struct PipeInlet<T>(string path) : IInlet<T> where T : unmanaged
{
    private readonly NamedPipeServerStream _pipe = new(PipeName.Of(path), PipeDirection.In);

    public void Accept() => _pipe.WaitForConnection();

    public T Receive()
    {
        T message = default;
        _pipe.ReadExactly(MemoryMarshal.AsBytes(new Span<T>(ref message)));
        return message;
    }

    public void Dispose() => _pipe.Dispose();
}
