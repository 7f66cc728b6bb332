using System.ComponentModel;

namespace IpMpsc.Codecs.Collections;

/// <summary>A memory. Used by generated code.</summary>
/// <typeparam name="T">The elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MemoryForm<T> : ICollectionForm<ReadOnlyMemory<T>, T>
{
    /// <inheritdoc />
    public static ReadOnlySpan<T> Items(ReadOnlyMemory<T> collection) => collection.Span;

    /// <inheritdoc />
    public static ReadOnlyMemory<T> Create(T[] items) => items;
}
