using System.ComponentModel;
using System.Numerics;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>An integer of any length: its bytes in two's complement, the lowest first. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BigIntegerCodec : ICodec<BigInteger, WireRange>
{
    /// <inheritdoc />
    public static bool IsFixed => false;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in BigInteger value, string field) =>
        length.AddElements<byte>(value.GetByteCount(), field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in BigInteger value, ref WireRange slot)
    {
        writer.Reserve<byte>(value.GetByteCount(), ref slot, "");
        _ = value.TryWriteBytes(writer.Reserved<byte>(slot), out _);
    }

    /// <inheritdoc />
    public static BigInteger Read(ref WireScan scan, WireRange slot, string field) => new(scan.Take<byte>(slot, field));
}
