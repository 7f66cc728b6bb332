using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Receiving;

/// <summary>
/// What all kinds of held messages share. A handle knows by its ticket whether its message is still held, on any thread,
/// and copies of it know the same.
/// </summary>
internal readonly struct HeldHandle : IEquatable<HeldHandle>
{
    private readonly RingConsumer? _consumer;
    private readonly long _ticket;
    private readonly bool _hasTrailer;

    /// <summary>Holds the message in hand and ends the use of the ring.</summary>
    public HeldHandle(RingConsumer consumer)
    {
        _consumer = consumer;
        Position = consumer.Cursor;
        Description = consumer.Description;
        _hasTrailer = consumer.HasTrailer;
        try
        {
            _ticket = consumer.Hold();
        }
        finally
        {
            consumer.PutBack(); // Ends the use. A message that could not be held for want of memory stays in the ring.
        }
    }

    public long Position { get; }

    /// <summary>Length, id and version.</summary>
    public ulong Description { get; }

    public bool IsHeld => _consumer is not null && _consumer.IsHeld(_ticket);

    /// <summary>The payload in the ring.</summary>
    public ReadOnlySpan<byte> Payload
    {
        get
        {
            RequireHeld();
            return _consumer!.HeldPayload(Position, Description);
        }
    }

    /// <summary>The payload in the ring, for methods that take memory. It looks at each access whether the message is still held.</summary>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            RequireHeld();
            return new HeldMemory(this).Memory;
        }
    }

    /// <summary>What its sender sent along; null if it does not trace its messages.</summary>
    public unsafe MessageTrace? Trace
    {
        get
        {
            RequireHeld();
            return _hasTrailer ? MessageTrace.Read(_consumer!.Trailer(Position, Description)) : null;
        }
    }

    public int Length => (int)RecordDescriptor.LengthOf(Description);

    public void Release() => _consumer?.ReleaseHeld(_ticket);

    public bool Equals(HeldHandle other) => _consumer == other._consumer && _ticket == other._ticket;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is HeldHandle other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_consumer, _ticket);

    private void RequireHeld()
    {
        if (!IsHeld)
        {
            ThrowReleased();
        }
    }

    [DoesNotReturn]
    private void ThrowReleased() => throw new ObjectDisposedException(
        "HeldMessage",
        string.Create(CultureInfo.InvariantCulture, $"The message at position {Position:N0} is no longer held: it was disposed, or released by ReleaseThrough, ") +
        "or its receiver was rewound. Its bytes may belong to the senders again. Read a message before you release it.");
}
