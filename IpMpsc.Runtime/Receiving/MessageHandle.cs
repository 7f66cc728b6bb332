using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>What every kind of received message does; it knows by its position whether it is still in hand.</summary>
internal readonly struct MessageHandle(RingConsumer ring)
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
            ThrowReleased();
        }
    }

    [DoesNotReturn]
    private static void ThrowReleased() => throw new ObjectDisposedException(
        "ReceivedMessage", "The message was released: its bytes belong to the senders again. Use it before it is disposed.");
}
