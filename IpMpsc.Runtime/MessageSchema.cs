namespace IpMpsc;

/// <summary>The canonical description of one message type, as it is stored in the channel.</summary>
public sealed class MessageSchema
{
    /// <summary>Creates a description; called by generated code.</summary>
    /// <param name="name">Full name of the message type.</param>
    /// <param name="id">The id that each record of the message carries.</param>
    /// <param name="version">Version of the message, from 1.</param>
    /// <param name="text">The canonical text: one line for the message, one for each field.</param>
    public MessageSchema(string name, ushort id, ushort version, string text)
    {
        Name = name;
        Id = id;
        Version = version;
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
