using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>An element that may be null. Used by generated code.</summary>
/// <typeparam name="TView">What is seen.</typeparam>
/// <typeparam name="TAccess">How it is seen.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OptionalAccess<TView, TAccess> : IAccess<OptionalView<TView, TAccess>, WireRange>
    where TView : allows ref struct
    where TAccess : struct, IAccess<TView, WireRange>
{
    /// <inheritdoc />
    public static OptionalView<TView, TAccess> View(ReadOnlySpan<byte> payload, WireRange slot, string field) =>
        new(payload, slot, field);
}
