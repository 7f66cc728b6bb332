using System.Buffers;
using System.Runtime.CompilerServices;

namespace IpMpsc.MemoryPack;

/// <summary>
/// A payload as a sequence of short segments. Whenever the reader comes to the next one, the guard checks that enough stack
/// is left, so that a payload which nests too deep ends in an exception instead of a stack overflow.
/// </summary>
internal sealed class StackGuard
{
    /// <summary>
    /// Bytes between two checks. Each level of nesting takes one byte at least, and after a check 64 KiB of stack are left at least:
    /// a kibibyte for each level.
    /// </summary>
    private const int SegmentLength = 64;

    [ThreadStatic]
    private static StackGuard? s_last;

    private readonly List<Segment> _segments = [];
    private byte[] _bytes = [];

    /// <summary>The thread's guard. Give it back with <see cref="Return"/>.</summary>
    public static StackGuard Take()
    {
        StackGuard guard = s_last ?? new StackGuard();
        s_last = null;
        return guard;
    }

    public void Return()
    {
        if (_bytes.Length <= 1 << 20)
        {
            s_last = this; // A larger one is not worth its memory.
        }
    }

    /// <summary>Copies a payload into the segments.</summary>
    public ReadOnlySequence<byte> Hold(ReadOnlySpan<byte> payload)
    {
        if (_bytes.Length < payload.Length)
        {
            long wanted = Math.Max(payload.Length, Math.Min(2L * _bytes.Length, Array.MaxLength - SegmentLength));
            _bytes = new byte[(wanted + SegmentLength - 1) / SegmentLength * SegmentLength]; // The last segment is whole, too.
        }

        payload.CopyTo(_bytes);
        int count = Math.Max(1, (payload.Length + SegmentLength - 1) / SegmentLength);
        while (_segments.Count < count)
        {
            Segment next = new(this, _segments.Count * (long)SegmentLength);
            if (_segments is [.., var last])
            {
                last.Append(next);
            }

            _segments.Add(next);
        }

        return new ReadOnlySequence<byte>(_segments[0], 0, _segments[count - 1], payload.Length - ((count - 1) * SegmentLength));
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(StackGuard guard, long start)
        {
            RunningIndex = start;
            Memory = new CheckedMemory(guard, (int)start).Memory;
        }

        public void Append(Segment next) => Next = next;
    }

    private sealed class CheckedMemory(StackGuard guard, int start) : MemoryManager<byte>
    {
        public override Memory<byte> Memory => CreateMemory(SegmentLength);

        public override Span<byte> GetSpan()
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            return guard._bytes.AsSpan(start, SegmentLength);
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("A guarded payload is read by spans.");

        public override void Unpin()
        {
            // Nothing was pinned.
        }

        protected override void Dispose(bool disposing)
        {
            // The array belongs to the guard.
        }
    }
}
