using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IpMpsc.Codecs.Collections;

/// <summary>A list. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListForm<T> : ICollectionForm<List<T>, T>
{
    /// <inheritdoc />
    public static ReadOnlySpan<T> Items(List<T> collection) => CollectionsMarshal.AsSpan(collection);

    /// <inheritdoc />
    public static List<T> Create(T[] items) => [.. items];
}
