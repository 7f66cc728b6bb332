using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>The codec that a message is for its own fixed block, whose members only an interface shows. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TSlot">What stands for it.</typeparam>
/// <typeparam name="TCodec">The codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Through<T, TSlot, TCodec> : ICodec<T, TSlot>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static bool IsFixed => TCodec.IsFixed;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T value, string field) => TCodec.Measure(ref length, in value, field);

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T value, ref TSlot slot) => TCodec.Write(ref writer, in value, ref slot);

    /// <inheritdoc />
    public static T Read(ref WireScan scan, TSlot slot, string field) => TCodec.Read(ref scan, slot, field);
}
