using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>Polls the line that a <see cref="CacheLineOutlet{T}"/> writes.</summary>
internal unsafe struct CacheLineInlet<T> : IInlet<T> where T : unmanaged
{
    private readonly SharedPages _pages;
    private readonly byte* _line;
    private long _read;

    public CacheLineInlet(string path)
    {
        _pages = CacheLine.Map(path);
        _line = _pages.Address;
    }

    public readonly void Accept()
    {
        // The sender writes whether the receiver polls or not.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Receive()
    {
        while (Volatile.Read(ref *(long*)_line) == _read)
        {
        }

        _read++;
        return *(T*)(_line + CacheLine.MessageOffset);
    }

    public readonly void Dispose() => _pages.Dispose();
}
