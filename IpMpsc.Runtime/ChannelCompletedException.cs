namespace IpMpsc;

/// <summary>
/// Every sender has left and every message was received, and the receiver asked to be told:
/// <see cref="IpcChannelOptions.EndWithSenders"/>.
/// </summary>
public sealed class ChannelCompletedException : ChannelException
{
    internal ChannelCompletedException(string message) : base(message)
    {
    }
}
