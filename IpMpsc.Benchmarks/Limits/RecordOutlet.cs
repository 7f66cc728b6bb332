using System.Runtime.CompilerServices;
using IpMpsc.Benchmarks.Contenders;
using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.Limits;

/// <summary>The only sender of a <see cref="RecordRing"/>.</summary>
internal unsafe struct RecordOutlet<T> : IOutlet<T> where T : unmanaged
{
    private readonly SharedPages _pages;
    private readonly byte* _data;
    private long _position;
    private long _readSeen;

    public RecordOutlet(string path)
    {
        _pages = RecordRing.Map(path);
        _data = _pages.Address + RecordRing.DataOffset;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Send(in T message)
    {
        long size = RecordRing.RecordSize(sizeof(T));
        long toEnd = RecordRing.Capacity - (_position & (RecordRing.Capacity - 1));
        if (toEnd < size)
        {
            Write(RecordRing.EndOfLap, toEnd);
        }

        AwaitRoom(size);
        byte* record = _data + (_position & (RecordRing.Capacity - 1));
        *(T*)(record + RecordRing.PayloadOffset) = message;
        Write(sizeof(T), size);
    }

    public readonly void Dispose() => _pages.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AwaitRoom(long size)
    {
        while (_position + size - _readSeen > RecordRing.Capacity)
        {
            _readSeen = Volatile.Read(ref *(long*)(_data - RecordRing.DataOffset + RecordRing.ReadOffset));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(int length, long size)
    {
        AwaitRoom(size);
        byte* record = _data + (_position & (RecordRing.Capacity - 1));
        *(int*)(record + RecordRing.LengthOffset) = length;
        Volatile.Write(ref *(long*)record, ~_position);
        _position += size;
    }
}
