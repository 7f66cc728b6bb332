using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>
/// One way in which a value lies in a payload: a slot in a fixed block, a list or a pair, and for some types bytes behind the
/// block that the slot points at. Codecs are combined as type arguments, so every type works wherever another one does.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
/// <typeparam name="TSlot">What stands for it in the fixed block.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ICodec<T, TSlot> where TSlot : unmanaged
{
    /// <summary>Whether the slot holds everything.</summary>
    static abstract bool IsFixed { get; }

    /// <summary>Adds the bytes behind the fixed block, in the order in which <see cref="Write"/> fills them.</summary>
    /// <param name="length">The sum.</param>
    /// <param name="value">The value.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="ArgumentException">The value cannot be encoded.</exception>
    static abstract void Measure(ref WireLength length, in T value, string field);

    /// <summary>Writes a value.</summary>
    /// <param name="writer">Takes what lies behind the fixed block.</param>
    /// <param name="value">The value.</param>
    /// <param name="slot">A slot of zeros; padding in it stays zero.</param>
    static abstract void Write(ref WireWriter writer, in T value, ref TSlot slot);

    /// <summary>Makes an owned copy.</summary>
    /// <param name="scan">The payload.</param>
    /// <param name="slot">What the slot holds; a copy.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The bytes cannot be such a value.</exception>
    static abstract T Read(ref WireScan scan, TSlot slot, string field);
}
