using System.ComponentModel;
using System.Runtime.InteropServices;

namespace IpMpsc.Codecs.Collections;

/// <summary>A read-only list. One that is neither an array nor a list of .NET is copied to be sent. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyListForm<T> : ICollectionForm<IReadOnlyList<T>, T>
{
    /// <inheritdoc />
    public static ReadOnlySpan<T> Items(IReadOnlyList<T> collection) => collection switch
    {
        null => default,
        T[] array => array,
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => collection.ToArray(),
    };

    /// <inheritdoc />
    public static IReadOnlyList<T> Create(T[] items) => items;
}
