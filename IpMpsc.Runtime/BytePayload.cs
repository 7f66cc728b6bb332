using System.Runtime.CompilerServices;
using IpMpsc.Core;
using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>Raw bytes on their way into the ring.</summary>
internal readonly ref struct BytePayload(ReadOnlySpan<byte> bytes) : IPayload
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public static bool MayFail => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Measure() => _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Describe(int length) => RecordDescriptor.Describe(length, 0, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Span<byte> payload) => LargeCopy.Copy(_bytes, payload);
}
