namespace IpMpsc;

/// <summary>
/// A record carries a message id that the protocol of this program does not have. It was stepped over;
/// the next call receives the message behind it.
/// </summary>
public sealed class UnknownMessageException : ChannelException
{
    internal UnknownMessageException(string message, ushort messageId, long position) : base(message)
    {
        MessageId = messageId;
        Position = position;
    }

    /// <summary>The id that the record carries.</summary>
    public ushort MessageId { get; }

    /// <summary>Where the message stood, in bytes since the channel was created.</summary>
    public long Position { get; }
}
