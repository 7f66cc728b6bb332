using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Receives from a <see cref="MutexRing{T}"/>.</summary>
internal readonly struct MutexInlet<T>(string path) : IInlet<T> where T : unmanaged
{
    private readonly MutexRing<T> _ring = new(path);

    public void Accept()
    {
        // There is no connection to accept.
    }

    public T Receive()
    {
        T message;
        while (!_ring.TryReceive(out message))
        {
            Thread.Yield();
        }

        return message;
    }

    public void Dispose() => _ring.Dispose();
}
