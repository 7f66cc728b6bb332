using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IpMpsc.Receiving;

/// <summary>
/// The memory of a held message. Code that keeps it longer than the message gets an exception instead of bytes that belong
/// to the senders, or to nobody.
/// </summary>
internal sealed unsafe class HeldMemory(HeldHandle message) : MemoryManager<byte>
{
    // The base class asks for a span to learn the length; this needs none.
    public override Memory<byte> Memory => CreateMemory(message.Length);

    public override Span<byte> GetSpan()
    {
        ReadOnlySpan<byte> payload = message.Payload;
        return MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(payload), payload.Length);
    }

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ReadOnlySpan<byte> payload = message.Payload;
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)payload.Length, nameof(elementIndex));

        // It is mapped, not on the heap of the collector: it does not move, and the message keeps it mapped.
        return new MemoryHandle((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(payload)) + elementIndex, default, this);
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
