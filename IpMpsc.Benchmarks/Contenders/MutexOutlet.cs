using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Sends through a <see cref="MutexRing{T}"/>.</summary>
internal readonly struct MutexOutlet<T>(string path) : IOutlet<T> where T : unmanaged
{
    private readonly MutexRing<T> _ring = new(path);

    public void Send(in T message)
    {
        while (!_ring.TrySend(in message))
        {
            Thread.Yield();
        }
    }

    public void Dispose() => _ring.Dispose();
}
