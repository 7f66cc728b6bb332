using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Blocks;

/// <summary>
/// The fixed block of a message that is written and read field by field. Its layout in memory is that in a payload. The
/// generator emits one for every such message; <see cref="IBlockMessage{TSelf, TBlock}"/> makes the message of it.
/// </summary>
/// <typeparam name="T">The message.</typeparam>
/// <typeparam name="TSelf">The block itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IFixedBlock<T, TSelf>
    where T : struct
    where TSelf : unmanaged, IFixedBlock<T, TSelf>
{
    /// <summary>The numbers of the message.</summary>
    static abstract MessageTraits Traits { get; }

    /// <summary>The schema text of the message.</summary>
    static abstract string SchemaText { get; }

    /// <summary>Compares the layout of the structs in the block with that of the runtime.</summary>
    /// <exception cref="InvalidOperationException">They differ, so the message must not be shared.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void Check()
    {
    }

    /// <summary>Bytes of the block in a version of the message.</summary>
    /// <param name="version">The version.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual int SizeIn(ushort version) => TSelf.Traits.Size;

    /// <summary>Writes the fields that lie in the block whole.</summary>
    /// <param name="writer">Not used; codecs ask for it.</param>
    /// <param name="message">The message.</param>
    /// <param name="block">A block of zeros; padding in it stays zero.</param>
    static abstract void Write(ref WireWriter writer, in T message, ref TSelf block);

    /// <summary>Measures or writes the fields that do not.</summary>
    /// <typeparam name="TPass">What is done.</typeparam>
    /// <param name="pass">Takes what lies behind the block.</param>
    /// <param name="message">The message.</param>
    /// <param name="block">A block of zeros, of which only the slots of these fields are written.</param>
    /// <exception cref="ArgumentException">A field cannot be encoded.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void Lay<TPass>(ref TPass pass, in T message, ref TSelf block) where TPass : struct, IWirePass, allows ref struct
    {
    }

    /// <summary>Makes an owned copy.</summary>
    /// <param name="scan">The payload.</param>
    /// <param name="block">The block in the payload, of which nothing is read twice.</param>
    /// <param name="version">The version of the message with which its sender was compiled.</param>
    /// <exception cref="MessageFormatException">The bytes cannot be such a message.</exception>
    static abstract T Read(ref WireScan scan, ref readonly TSelf block, ushort version);
}
