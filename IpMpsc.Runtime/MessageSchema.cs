using System.ComponentModel;
using System.Globalization;

namespace IpMpsc;

/// <summary>The canonical description of one message type, as it is stored in the channel.</summary>
public sealed class MessageSchema
{
    /// <summary>Creates a description; called by generated code.</summary>
    /// <param name="text">The canonical text: one line for the message, one for each field.</param>
    /// <exception cref="FormatException">The first line is not that of a message.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MessageSchema(string text)
    {
        // message NAME id NUMBER version NUMBER size NUMBER
        string[] head = text[..text.IndexOf('\n')].Split(' ');
        if (head is not ["message", var name, "id", var id, "version", var version, "size", _])
        {
            throw new FormatException($"'{string.Join(' ', head)}' is not the first line of a message's schema.");
        }

        Name = name;
        Id = ushort.Parse(id, CultureInfo.InvariantCulture);
        Version = ushort.Parse(version, CultureInfo.InvariantCulture);
        Text = text;
    }

    /// <summary>The description of a message type.</summary>
    /// <typeparam name="T">The message type.</typeparam>
    public static MessageSchema Of<T>() where T : struct, IChannelMessage<T> => T.Schema;

    /// <summary>Full name of the message type.</summary>
    public string Name { get; }

    /// <summary>The id that each record of the message carries.</summary>
    public ushort Id { get; }

    /// <summary>Version of the message, from 1.</summary>
    public ushort Version { get; }

    /// <summary>The canonical text: one line for the message, one for each field, each ended by a line feed.</summary>
    public string Text { get; }
}
