namespace IpMpsc;

/// <summary>
/// What the generator implements for every struct marked with <see cref="ChannelMessageAttribute"/>:
/// its identity, its size and the way between the struct and its bytes in the ring.
/// </summary>
/// <remarks>
/// The members are static, so a channel of <typeparamref name="TSelf"/> calls them without a
/// virtual call and the JIT folds the constants into the send and receive paths.
/// Do not implement it by hand: the analyzers and the schema check rely on the generated form.
/// </remarks>
/// <typeparam name="TSelf">The message struct itself.</typeparam>
public interface IChannelMessage<TSelf> where TSelf : struct, IChannelMessage<TSelf>
{
    /// <summary>Name, id, version and fields of the message, as they are stored in the channel.</summary>
    static abstract MessageSchema Schema { get; }

    /// <summary>The id that each record of this message carries; unique within a channel.</summary>
    static abstract ushort MessageId { get; }

    /// <summary>The version of the message that this program was compiled with; starts at 1.</summary>
    static abstract ushort SchemaVersion { get; }

    /// <summary>Bytes of the fixed block; the whole payload where <see cref="IsFixedSize"/> holds.</summary>
    static abstract int FixedSize { get; }

    /// <summary>Whether every message has exactly <see cref="FixedSize"/> payload bytes.</summary>
    static abstract bool IsFixedSize { get; }

    /// <summary>Whether the struct in memory is the payload, so that a message is received with one copy of its bytes.</summary>
    static abstract bool IsImage { get; }

    /// <summary>What the offset of such a payload within another one is a multiple of: a power of two up to 16.</summary>
    static abstract int PayloadAlignment { get; }

    /// <summary>The payload bytes that <paramref name="message"/> takes in the ring.</summary>
    /// <exception cref="ArgumentException">A field cannot be encoded: text with half a surrogate pair.</exception>
    static abstract int Measure(in TSelf message);

    /// <summary>Writes <paramref name="message"/> to <paramref name="payload"/>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="payload">Exactly the bytes that <see cref="Measure"/> asked for.</param>
    static abstract void Write(in TSelf message, Span<byte> payload);

    /// <summary>Reads an owned copy of a message.</summary>
    /// <param name="payload">The payload of the record; every offset and length in it is checked.</param>
    /// <param name="version">The version with which the sender was compiled.</param>
    /// <exception cref="MessageFormatException">The payload cannot be a message of this type.</exception>
    static abstract TSelf Read(ReadOnlySpan<byte> payload, ushort version);
}
