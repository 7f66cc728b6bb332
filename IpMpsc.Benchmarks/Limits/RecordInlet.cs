using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>The receiver of a <see cref="RecordRing"/>.</summary>
internal unsafe struct RecordInlet<T> : IInlet<T> where T : unmanaged
{
    private readonly SharedPages _pages;
    private readonly byte* _data;
    private long _position;

    public RecordInlet(string path)
    {
        _pages = RecordRing.Map(path);
        _data = _pages.Address + RecordRing.DataOffset;
    }

    public readonly void Accept()
    {
        // The sender writes whether the receiver polls or not.
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Receive()
    {
        while (true)
        {
            byte* record = _data + (_position & (RecordRing.Capacity - 1));
            while (Volatile.Read(ref *(long*)record) != ~_position)
            {
            }

            int length = *(int*)(record + RecordRing.LengthOffset);
            if (length == RecordRing.EndOfLap)
            {
                Release(RecordRing.Capacity - (_position & (RecordRing.Capacity - 1)));
                continue;
            }

            T message = *(T*)(record + RecordRing.PayloadOffset);
            Release(RecordRing.RecordSize(length));
            return message;
        }
    }

    public readonly void Dispose() => _pages.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Release(long size)
    {
        _position += size;
        Volatile.Write(ref *(long*)(_data - RecordRing.DataOffset + RecordRing.ReadOffset), _position);
    }
}
