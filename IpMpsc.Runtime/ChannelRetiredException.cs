namespace IpMpsc;

/// <summary>
/// The channel was deleted or replaced while it was open. Nobody will receive what is sent to it, and once its
/// receiver has received everything that was sent, nothing more will come. Open the channel again.
/// </summary>
public sealed class ChannelRetiredException : ChannelException
{
    internal ChannelRetiredException(string message) : base(message)
    {
    }
}
