namespace IpMpsc;

/// <summary>The payload of a record cannot be a message of the expected type.</summary>
public sealed class MessageFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the payload, with the numbers.</param>
    /// <param name="innerException">What found it, if it was not IpMpsc itself.</param>
    public MessageFormatException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
