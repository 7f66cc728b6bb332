using System.Globalization;

namespace IpMpsc;

/// <summary>The payload of a record cannot be a message of the expected type.</summary>
public sealed class MessageFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the payload, with the numbers.</param>
    /// <param name="innerException">The error that revealed it, if there is one.</param>
    public MessageFormatException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }

    internal MessageFormatException(MessageFormatException found, long position, byte[] payload)
        : base(string.Create(CultureInfo.InvariantCulture, $"The message at position {position:N0} ({payload.Length:N0} bytes) was stepped over: {found.Message}"), found)
    {
        Position = position;
        Payload = payload;
    }

    /// <summary>Where the message stood, in bytes since the channel was created; -1 if it was not received from one.</summary>
    public long Position { get; } = -1;

    /// <summary>A copy of the bytes that could not be read; empty if they were not received from a channel.</summary>
    public ReadOnlyMemory<byte> Payload { get; }
}
