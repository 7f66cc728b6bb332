using IpMpsc.Core;
using IpMpsc.Layout;

namespace IpMpsc;

/// <summary>An encoded message of any type on its way into the ring.</summary>
internal readonly ref struct RecordPayload(ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> bytes) : IPayload
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public static bool MayFail => false;

    public int Measure() => _bytes.Length;

    public ulong Describe(int length) => RecordDescriptor.Describe(length, messageId, schemaVersion);

    public void Write(Span<byte> payload) => LargeCopy.Copy(_bytes, payload);
}
