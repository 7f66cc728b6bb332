namespace IpMpsc;

/// <summary>Messages that were received from a channel and are still readable, as <see cref="ChannelObserver.ReadHistory"/> found them.</summary>
/// <param name="Messages">Copies of the messages, in the order that was asked for.</param>
/// <param name="OldestPosition">
/// Where the readable history begins, in bytes since the channel was created. Senders have overwritten everything before it.
/// </param>
/// <param name="HeadPosition">Where the history ends: the first position that is not released.</param>
/// <param name="OverwrittenMessages">
/// The number of messages that were received and are overwritten. It is computed from the channel's counter, and may be off by one while the receiver
/// releases a message.
/// </param>
public sealed record ChannelHistory(
    IReadOnlyList<PeekedMessage> Messages, long OldestPosition, long HeadPosition, long OverwrittenMessages);
