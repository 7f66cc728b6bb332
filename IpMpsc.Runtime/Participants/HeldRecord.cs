using System.Runtime.CompilerServices;
using IpMpsc.Core;

namespace IpMpsc.Participants;

/// <summary>What every kind of received message does; it knows by its position whether it is still in hand.</summary>
internal readonly struct HeldRecord(RingConsumer ring)
{
    public long Position { get; } = ring.Head;

    /// <summary>The payload in the ring.</summary>
    public ReadOnlySpan<byte> Payload
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ThrowIfReleased();
            return ring.Payload;
        }
    }

    /// <summary>Length, id and version.</summary>
    public ulong Description
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ThrowIfReleased();
            return ring.Description;
        }
    }

    private bool IsHeld => ring is not null && ring.HasMessage && ring.Head == Position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        if (IsHeld)
        {
            ring.Release();
            ring.Exit();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThrowIfReleased()
    {
        if (!IsHeld)
        {
            ThrowHelper.ThrowReleased();
        }
    }
}
