using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>A list within a list. Used by generated code.</summary>
/// <typeparam name="TView">What is seen.</typeparam>
/// <typeparam name="TSlot">What stands for it in the payload.</typeparam>
/// <typeparam name="TAccess">How an element is seen.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListAccess<TView, TSlot, TAccess> : IAccess<ListView<TView, TSlot, TAccess>, WireRange>
    where TView : allows ref struct
    where TSlot : unmanaged
    where TAccess : struct, IAccess<TView, TSlot>
{
    /// <inheritdoc />
    public static ListView<TView, TSlot, TAccess> View(ReadOnlySpan<byte> payload, WireRange slot, string field) =>
        new(payload, slot, field);
}
