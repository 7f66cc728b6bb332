using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>Elements that are seen as they lie there. Used by generated code.</summary>
/// <typeparam name="T">The elements; bytes for a text.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ElementsAccess<T> : IAccess<ReadOnlySpan<T>, WireRange> where T : unmanaged
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<T> View(ReadOnlySpan<byte> payload, WireRange slot, string field) =>
        WireReader.Array<T>(payload, slot, WireAlignment<T>.Value, field);
}
