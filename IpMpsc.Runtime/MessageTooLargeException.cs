namespace IpMpsc;

/// <summary>A message is longer than the channel's ring takes. Nothing was sent; the sender stays usable.</summary>
public sealed class MessageTooLargeException : ChannelException
{
    internal MessageTooLargeException(long length, int maxLength)
        : base(
            $"A message of {length:N0} bytes exceeds the channel's {maxLength:N0}. " +
            "Create the channel with a larger capacity (the largest message is the capacity minus 16 bytes), or split the message.")
    {
        Length = length;
        MaxLength = maxLength;
    }

    /// <summary>Payload bytes of the message.</summary>
    public long Length { get; }

    /// <summary>Payload bytes of the largest message that the channel takes.</summary>
    public int MaxLength { get; }
}
