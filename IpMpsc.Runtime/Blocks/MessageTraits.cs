using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Blocks;

/// <summary>The numbers of a message that the generator knows. The JIT folds each into what uses it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MessageTraits
{
    private readonly ushort _id;
    private readonly ushort _version;
    private readonly int _size;
    private readonly MessageForm _form;
    private readonly int _payloadAlignment;

    /// <summary>States them.</summary>
    /// <param name="id">The id that each record of the message carries.</param>
    /// <param name="version">The version of the message.</param>
    /// <param name="size">Bytes of the fixed block.</param>
    /// <param name="form">How it is stored, as the number of a <see cref="MessageForm"/>.</param>
    /// <param name="payloadAlignment">What the offset of a whole payload within another one is a multiple of.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MessageTraits(ushort id, ushort version, int size, int form, int payloadAlignment)
    {
        _id = id;
        _version = version;
        _size = size;
        _form = (MessageForm)form;
        _payloadAlignment = payloadAlignment;
    }

    internal ushort Id => _id;

    internal ushort Version => _version;

    internal int Size => _size;

    internal int PayloadAlignment => _payloadAlignment;

    internal bool IsFixedSize => (_form & MessageForm.Variable) == 0;
}
