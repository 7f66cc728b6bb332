namespace IpMpsc;

/// <summary>The channel was deleted or replaced while it was open: nobody will receive what is sent to it.</summary>
public sealed class ChannelRetiredException : ChannelException
{
    internal ChannelRetiredException(string message) : base(message)
    {
    }
}
