namespace IpMpsc.Nats.Brokers;

/// <summary>A schema that a stream carries.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Capacity">The capacity of the channel that it comes from; null if nobody said.</param>
/// <param name="Sequence">Where it stands in the stream.</param>
internal sealed record StreamSchema(string Text, long? Capacity, ulong Sequence);
