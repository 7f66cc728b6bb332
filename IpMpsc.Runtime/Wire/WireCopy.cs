using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>Makes owned values of the variable fields of a payload. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WireCopy
{
    /// <summary>The text of a field; the empty one if it has none.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the UTF-8 bytes of the text lie.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or is no UTF-8.</exception>
    public static string Text(ReadOnlySpan<byte> payload, WireRange range, string field)
    {
        ReadOnlySpan<byte> utf8 = WireReader.Bytes(payload, range, field);
        try
        {
            return StrictUtf8.Encoding.GetString(utf8);
        }
        catch (ArgumentException error)
        {
            // Not only DecoderFallbackException: bytes that another process changes between the
            // decoder's two passes surface as the base class.
            throw new MessageFormatException($"The text of field '{field}' is not valid UTF-8.", error);
        }
    }

    /// <summary>The text of a nullable field.</summary>
    /// <inheritdoc cref="Text" path="/param|/exception" />
    public static string? TextOrNull(ReadOnlySpan<byte> payload, WireRange range, string field) =>
        WireReader.HasValue(range) ? Text(payload, range, field) : null;

    /// <summary>The text of a field in UTF-16; the empty one if it has none.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="range">Where the characters lie.</param>
    /// <param name="field">Name of the field, for the exception.</param>
    /// <exception cref="MessageFormatException">The range does not lie within the payload, or not on characters.</exception>
    public static string Text16(ReadOnlySpan<byte> payload, WireRange range, string field) =>
        WireReader.Array<char>(payload, range, sizeof(char), field).ToString();

    /// <summary>The text of a nullable field in UTF-16.</summary>
    /// <inheritdoc cref="Text16" path="/param|/exception" />
    public static string? Text16OrNull(ReadOnlySpan<byte> payload, WireRange range, string field) =>
        WireReader.HasValue(range) ? Text16(payload, range, field) : null;

    /// <summary>The elements of an array; none if there is no array.</summary>
    /// <inheritdoc cref="WireReader.Array" path="/param|/typeparam|/exception" />
    public static T[] Array<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : unmanaged =>
        WireReader.Array<T>(payload, range, alignment, field).ToArray();

    /// <summary>The elements of a nullable array.</summary>
    /// <inheritdoc cref="WireReader.Array" path="/param|/typeparam|/exception" />
    public static T[]? ArrayOrNull<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : unmanaged =>
        WireReader.HasValue(range) ? Array<T>(payload, range, alignment, field) : null;

    /// <summary>A nested message; one whose fields are all zero or empty if there is none.</summary>
    /// <inheritdoc cref="WireReader.Message" path="/param|/typeparam|/exception" />
    public static T Message<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : struct, IChannelMessage<T> =>
        T.Read(WireReader.Message<T>(payload, range, alignment, field), T.SchemaVersion);

    /// <summary>The messages of an array; none if there is no array.</summary>
    /// <inheritdoc cref="WireReader.Messages" path="/param" />
    /// <typeparam name="T">The type of the messages.</typeparam>
    /// <exception cref="MessageFormatException">A range does not lie within the payload, or they overlap.</exception>
    public static T[] Messages<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : struct, IChannelMessage<T>
    {
        WirePayloads payloads = WireReader.Messages(payload, range, alignment, field);
        T[] messages = payloads.Count == 0 ? [] : new T[payloads.Count];
        ulong end = 0;
        for (int index = 0; index < messages.Length; index++)
        {
            messages[index] = T.Read(payloads.Next(index, ref end), T.SchemaVersion);
        }

        return messages;
    }

    /// <summary>The messages of a nullable array.</summary>
    /// <inheritdoc cref="Messages" path="/param|/typeparam|/exception" />
    public static T[]? MessagesOrNull<T>(ReadOnlySpan<byte> payload, WireRange range, int alignment, string field)
        where T : struct, IChannelMessage<T> =>
        WireReader.HasValue(range) ? Messages<T>(payload, range, alignment, field) : null;

    /// <summary>Where another channel is; nowhere if the field has no address.</summary>
    /// <inheritdoc cref="Text" path="/param|/exception" />
    public static ChannelAddress Address(ReadOnlySpan<byte> payload, WireRange range, string field) =>
        Text(payload, range, field) is { Length: > 0 } path ? new ChannelAddress(path) : default;

    /// <summary>An array as memory, where null stays null instead of becoming empty.</summary>
    /// <param name="array">The array.</param>
    /// <typeparam name="T">The elements.</typeparam>
    // With a bare null the conditional would be a ReadOnlyMemory<T>, to which null converts as empty.
    public static ReadOnlyMemory<T>? AsMemory<T>(T[]? array) =>
        array is null ? default(ReadOnlyMemory<T>?) : new ReadOnlyMemory<T>(array);
}
