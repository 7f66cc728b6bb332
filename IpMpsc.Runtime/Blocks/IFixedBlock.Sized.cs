using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Blocks;

/// <summary>The fixed block of a message that can be claimed with the lengths of its variable fields, to be filled in place.</summary>
/// <typeparam name="T">The message.</typeparam>
/// <typeparam name="TSelf">The block itself.</typeparam>
/// <typeparam name="TSizes">The generated <c>Sizes</c> of the message.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFixedBlock<T, TSelf, TSizes> : IFixedBlock<T, TSelf>
    where T : struct
    where TSelf : unmanaged, IFixedBlock<T, TSelf, TSizes>
{
    /// <summary>Measures what is claimed, or leaves room for it and writes the values that are given.</summary>
    /// <typeparam name="TPass">What is done.</typeparam>
    /// <param name="pass">Takes what lies behind the block.</param>
    /// <param name="sizes">What is claimed.</param>
    /// <param name="block">A block of zeros.</param>
    /// <exception cref="ArgumentException">A length is negative, or a value cannot be encoded.</exception>
    static abstract void Lay<TPass>(ref TPass pass, in TSizes sizes, ref TSelf block) where TPass : struct, IWirePass, allows ref struct;
}
