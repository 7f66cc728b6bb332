namespace IpMpsc.Extensions.Hosting;

/// <summary>Handles the messages of a channel, one by one.</summary>
/// <remarks>
/// Each call has a scope of services of its own. The message leaves the channel after the returned task has ended
/// without an exception, so a message is handled at least once: a process that dies before that gets it again.
/// </remarks>
/// <typeparam name="T">The message type.</typeparam>
public interface IChannelHandler<T>
{
    /// <summary>Handles one message.</summary>
    /// <param name="message">A copy of the message.</param>
    /// <param name="cancellationToken">Is cancelled when the time for a graceful stop of the host is over.</param>
    ValueTask HandleAsync(T message, CancellationToken cancellationToken);
}
