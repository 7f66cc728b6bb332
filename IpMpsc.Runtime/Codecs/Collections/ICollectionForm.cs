using System.ComponentModel;

namespace IpMpsc.Codecs.Collections;

/// <summary>How a collection shows its elements and is made of them. Used by generated code.</summary>
/// <typeparam name="TCollection">The collection.</typeparam>
/// <typeparam name="T">Its elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICollectionForm<TCollection, T>
{
    /// <summary>The elements; none for null.</summary>
    /// <param name="collection">The collection.</param>
    static abstract ReadOnlySpan<T> Items(TCollection collection);

    /// <summary>Makes a collection.</summary>
    /// <param name="items">Its elements, in an array that nobody else has.</param>
    static abstract TCollection Create(T[] items);
}
