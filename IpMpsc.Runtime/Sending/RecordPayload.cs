using System.Runtime.CompilerServices;
using IpMpsc.Layout;
using IpMpsc.Wire;

namespace IpMpsc.Sending;

/// <summary>A complete payload on its way into the ring: an encoded message of any type, or raw bytes.</summary>
internal readonly ref struct RecordPayload(ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> bytes) : IPayload
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public static bool MayFail => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Measure() => _bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Describe(int length) => RecordDescriptor.Describe(length, messageId, schemaVersion);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(Span<byte> payload) => LargeCopy.Copy(_bytes, payload);
}
