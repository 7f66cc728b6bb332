using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>What all kinds of received messages share. A handle knows by its position whether its message is still in hand.</summary>
internal readonly struct MessageHandle(RingConsumer consumer)
{
    public long Position { get; } = consumer.Cursor;

    /// <summary>The payload in the ring.</summary>
    public ReadOnlySpan<byte> Payload
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ThrowIfReleased();
            return consumer.Payload;
        }
    }

    /// <summary>Length, id and version.</summary>
    public ulong Description
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ThrowIfReleased();
            return consumer.Description;
        }
    }

    /// <summary>What its sender sent along; null if it does not trace its messages.</summary>
    public unsafe MessageTrace? Trace
    {
        get
        {
            ThrowIfReleased();
            return consumer.HasTrailer ? MessageTrace.Read(consumer.Trailer(Position, consumer.Description)) : null;
        }
    }

    private bool IsInHand => consumer is not null && consumer.HasMessage && consumer.Cursor == Position;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        if (IsInHand)
        {
            Release(consumer);
        }
    }

    // Static and not inlined, or the end of a using statement becomes a call that keeps the message in memory instead of registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Release(RingConsumer consumer)
    {
        consumer.Release();
        consumer.Exit();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThrowIfReleased()
    {
        if (!IsInHand)
        {
            ThrowReleased();
        }
    }

    [DoesNotReturn]
    private static void ThrowReleased() => throw new ObjectDisposedException(
        "ReceivedMessage", "The message was released, and its bytes belong to the senders again. Read it before you dispose it.");
}
