using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IpMpsc.Codecs.Collections;

/// <summary>An immutable array; the default one is empty. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableArrayForm<T> : ICollectionForm<ImmutableArray<T>, T>
{
    /// <inheritdoc />
    public static ReadOnlySpan<T> Items(ImmutableArray<T> collection) => collection.AsSpan();

    /// <inheritdoc />
    public static ImmutableArray<T> Create(T[] items) => ImmutableCollectionsMarshal.AsImmutableArray(items);
}
