using System.ComponentModel;

namespace IpMpsc.Codecs.Collections;

/// <summary>An array. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArrayForm<T> : ICollectionForm<T[], T>
{
    /// <inheritdoc />
    public static ReadOnlySpan<T> Items(T[] collection) => collection;

    /// <inheritdoc />
    public static T[] Create(T[] items) => items;
}
