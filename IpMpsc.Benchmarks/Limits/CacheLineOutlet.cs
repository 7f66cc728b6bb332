using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>
/// One cache line that one process writes and another polls: the words of the message, and a count that
/// numbers them. The sender does not wait for room, so it must not send again before it has an answer.
/// </summary>
internal unsafe struct CacheLineOutlet<T> : IOutlet<T> where T : unmanaged
{
    private readonly SharedPages _pages;
    private readonly byte* _line;
    private long _written;

    public CacheLineOutlet(string path)
    {
        _pages = CacheLine.Map(path);
        _line = _pages.Address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message)
    {
        *(T*)(_line + CacheLine.MessageOffset) = message;
        Volatile.Write(ref *(long*)_line, ++_written);
    }

    public readonly void Dispose() => _pages.Dispose();
}
