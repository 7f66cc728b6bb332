using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>The only sender of a <see cref="PlainRing"/>.</summary>
internal unsafe struct PlainOutlet<T> : IOutlet<T> where T : unmanaged
{
    private readonly SharedPages _pages;
    private readonly byte* _start;
    private readonly long _mask = PlainRing.Slots<T>() - 1;
    private long _written;
    private long _readSeen;

    public PlainOutlet(string path)
    {
        _pages = PlainRing.Map<T>(path);
        _start = _pages.Address;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message)
    {
        while (_written - _readSeen > _mask)
        {
            _readSeen = Volatile.Read(ref *(long*)(_start + PlainRing.ReadOffset));
        }

        ((T*)(_start + PlainRing.SlotsOffset))[_written & _mask] = message;
        Volatile.Write(ref *(long*)(_start + PlainRing.WrittenOffset), ++_written);
    }

    public readonly void Dispose() => _pages.Dispose();
}
