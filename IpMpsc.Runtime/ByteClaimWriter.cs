using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Sending;

namespace IpMpsc;

/// <summary>
/// Lets a serializer write into a claim in the ring. Make one and use it for many claims, one after the other: it
/// allocates nothing in between.
/// </summary>
/// <remarks>
/// The writer does not own the claim. Commit the claim with <see cref="WrittenCount"/> bytes, or dispose it. Not safe to be
/// used from several threads at once.
/// </remarks>
/// <example>
/// <code>
/// using ByteClaim claim = sender.Claim(64 * 1024);
/// writer.Begin(claim);
/// serializer.Serialize(writer, order);
/// claim.Commit(writer.WrittenCount);
/// </code>
/// </example>
public sealed class ByteClaimWriter : IBufferWriter<byte>
{
    private ClaimHandle _claim;
    private ClaimMemory? _memory;
    private int _length;

    /// <summary>Bytes that were written since <see cref="Begin"/>.</summary>
    public int WrittenCount { get; private set; }

    /// <summary>Begins to write at the start of a claim.</summary>
    /// <param name="claim">An open claim.</param>
    /// <exception cref="InvalidOperationException">The claim has ended.</exception>
    public void Begin(scoped ByteClaim claim)
    {
        _length = claim.Payload.Length;
        _claim = claim.Handle;
        _memory?.End();
        _memory = null;
        WrittenCount = 0;
    }

    /// <summary>Counts bytes that were written to the memory which <see cref="GetSpan"/> or <see cref="GetMemory"/> returned.</summary>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The claim has fewer bytes left.</exception>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _length - WrittenCount);
        WrittenCount += count;
    }

    /// <summary>All bytes of the claim that are not written yet.</summary>
    /// <param name="sizeHint">How many are needed at least.</param>
    /// <exception cref="InvalidOperationException">The claim has fewer bytes left, or it has ended.</exception>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        ThrowIfShort(sizeHint);
        return _claim.Payload[WrittenCount..];
    }

    /// <summary>As <see cref="GetSpan"/>. The memory checks at each access that the claim is still open; it allocates one object for each claim.</summary>
    /// <inheritdoc cref="GetSpan" path="/param|/exception" />
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ThrowIfShort(sizeHint);
        _memory ??= new ClaimMemory(_claim);
        return _memory.Memory[WrittenCount..];
    }

    /// <summary>Copies what was written so far, for a message that turns out longer than the claim.</summary>
    internal void CopyWrittenTo(Span<byte> destination) => _claim.Payload[..WrittenCount].CopyTo(destination);

    private void ThrowIfShort(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_length - WrittenCount < Math.Max(sizeHint, 1))
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"The claim has {_length:N0} bytes. {WrittenCount:N0} of them are written, and {Math.Max(sizeHint, 1):N0} more do not fit. ") +
                "Claim more bytes and commit those that were written.");
        }
    }

    /// <summary>The bytes of a claim as memory. Each access checks that the claim is still open.</summary>
    private sealed class ClaimMemory(ClaimHandle claim) : MemoryManager<byte>
    {
        private bool _hasEnded;

        /// <summary>Takes the memory away from code that still has it when the writer goes on to another claim.</summary>
        public void End() => _hasEnded = true;

        public override Span<byte> GetSpan()
        {
            ObjectDisposedException.ThrowIf(_hasEnded, "ByteClaim");
            return claim.Payload;
        }

        /// <summary>The garbage collector does not move the ring. The pointer is valid until the claim ends.</summary>
        public override unsafe MemoryHandle Pin(int elementIndex = 0)
        {
            Span<byte> bytes = GetSpan();
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)bytes.Length, nameof(elementIndex));
            return new MemoryHandle((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(bytes)) + elementIndex);
        }

        public override void Unpin()
        {
            // Nothing was pinned.
        }

        protected override void Dispose(bool disposing) => End();
    }
}
