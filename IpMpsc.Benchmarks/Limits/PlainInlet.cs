using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>The receiver of a <see cref="PlainRing"/>.</summary>
internal unsafe struct PlainInlet<T> : IInlet<T> where T : unmanaged
{
    private readonly SharedPages _pages;
    private readonly byte* _start;
    private readonly long _mask = PlainRing.Slots<T>() - 1;
    private long _read;
    private long _writtenSeen;

    public PlainInlet(string path)
    {
        _pages = PlainRing.Map<T>(path);
        _start = _pages.Address;
    }

    public readonly void Accept()
    {
        // The sender writes whether the receiver polls or not.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Receive()
    {
        while (_writtenSeen == _read)
        {
            _writtenSeen = Volatile.Read(ref *(long*)(_start + PlainRing.WrittenOffset));
        }

        T message = ((T*)(_start + PlainRing.SlotsOffset))[_read & _mask];
        Volatile.Write(ref *(long*)(_start + PlainRing.ReadOffset), ++_read);
        return message;
    }

    public readonly void Dispose() => _pages.Dispose();
}
