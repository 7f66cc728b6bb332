namespace IpMpsc;

/// <summary>
/// The ring is full and no receiver is attached that could make room, and the sender asked not to
/// wait for one: <see cref="IpcChannelOptions.FailWhenFullWithoutReceiver"/>. Nothing was sent.
/// </summary>
public sealed class ReceiverGoneException : ChannelException
{
    internal ReceiverGoneException(string message) : base(message)
    {
    }
}
