using System.IO.Pipes;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Sends through a named pipe, one system call for each message.</summary>
internal readonly struct PipeOutlet<T> : IOutlet<T> where T : unmanaged
{
    private readonly NamedPipeClientStream _pipe;

    public PipeOutlet(string path)
    {
        _pipe = new NamedPipeClientStream(".", PipeName.Of(path), PipeDirection.Out);
        _pipe.Connect();
    }

    public void Send(in T message) => _pipe.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in message)));

    public void Dispose() => _pipe.Dispose();
}
