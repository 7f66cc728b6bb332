namespace IpMpsc.Extensions.Hosting;

/// <summary>Handles the messages of a channel in batches: as many as are there, up to a number.</summary>
/// <remarks>
/// Each call has a scope of services of its own. The messages leave the channel after the returned task has ended
/// without an exception. If it throws, the messages are handled one by one, so that one bad message does not take the
/// others with it.
/// </remarks>
/// <typeparam name="T">The message type.</typeparam>
public interface IChannelBatchHandler<T>
{
    /// <summary>Handles a batch.</summary>
    /// <param name="messages">At least one message, in the order of the channel; copies. The list is valid until the task ends.</param>
    /// <param name="cancellationToken">Is cancelled when the time for a graceful stop of the host is over.</param>
    ValueTask HandleAsync(IReadOnlyList<T> messages, CancellationToken cancellationToken);
}
