namespace IpMpsc;

/// <summary>What <see cref="ChannelObserver.Peek"/> has seen.</summary>
/// <param name="Messages">
/// Messages that were waiting, in their order. Those that were received while others were copied are
/// among them; claims in flight are not.
/// </param>
/// <param name="CorruptPosition">
/// The position of something that no sender can have made, beyond which nothing could be read; null if
/// there is none.
/// </param>
public sealed record ChannelPeek(IReadOnlyList<PeekedMessage> Messages, long? CorruptPosition);
