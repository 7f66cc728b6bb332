using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>
/// How a message lies in others. Generated code marks each message with it, so that another assembly, which does not see
/// the private parts of the message, nests exactly what this one was compiled with.
/// </summary>
/// <param name="size">Bytes of the fixed block.</param>
/// <param name="alignment">What the offset of the block is a multiple of.</param>
/// <param name="payloadAlignment">What the offset of a whole payload is a multiple of.</param>
/// <param name="form">Whether it lies inline, and how it is stored, as the number of a <see cref="MessageForm"/>.</param>
/// <param name="schema">Its schema text.</param>
[AttributeUsage(AttributeTargets.Struct)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MessageLayoutAttribute(int size, int alignment, int payloadAlignment, int form, string schema) : Attribute
{
    /// <summary>Bytes of the fixed block.</summary>
    public int Size => size;

    /// <summary>What the offset of the block is a multiple of.</summary>
    public int Alignment => alignment;

    /// <summary>What the offset of a whole payload is a multiple of.</summary>
    public int PayloadAlignment => payloadAlignment;

    /// <summary>Whether it lies inline, and how it is stored.</summary>
    public MessageForm Form => (MessageForm)form;

    /// <summary>Its schema text.</summary>
    public string Schema => schema;
}
