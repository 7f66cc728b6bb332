using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Codecs;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>A value that is seen as a copy. Used by generated code.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TSlot">What stands for it.</typeparam>
/// <typeparam name="TCodec">How it lies there.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CopyAccess<T, TSlot, TCodec> : IAccess<T, TSlot>
    where TSlot : unmanaged
    where TCodec : struct, ICodec<T, TSlot>
{
    /// <inheritdoc />
    public static T View(ReadOnlySpan<byte> payload, TSlot slot, [CallerMemberName] string field = "")
    {
        var scan = new WireScan(payload);
        return TCodec.Read(ref scan, slot, field);
    }
}
