namespace IpMpsc;

/// <summary>The payload of a record cannot be a message of the expected type.</summary>
public sealed class MessageFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the payload, with the numbers.</param>
    public MessageFormatException(string message) : base(message)
    {
    }
}
