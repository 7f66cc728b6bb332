namespace IpMpsc;

/// <summary>The result of <see cref="ChannelObserver.Peek"/>.</summary>
/// <param name="Messages">
/// The messages that were waiting, in their order. Messages that were received while others were copied are
/// included; claims in flight are not.
/// </param>
/// <param name="CorruptPosition">
/// The position of a corrupt record, behind which nothing could be read; null if
/// there is none.
/// </param>
public sealed record ChannelPeek(IReadOnlyList<PeekedMessage> Messages, long? CorruptPosition);
