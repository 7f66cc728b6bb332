namespace IpMpsc.Nats.Sourcing;

/// <summary>A batch, or a repeated schema, that is not acknowledged yet.</summary>
/// <param name="Number">Its number in the session.</param>
/// <param name="Sequence">The sequence that it must get; 0 if nobody knows.</param>
/// <param name="LastPosition">The position of its last record; -1 for a schema.</param>
/// <param name="Messages">Its records.</param>
/// <param name="Bytes">Their payloads.</param>
/// <param name="SentAt">When, on the monotonic clock.</param>
internal readonly record struct InFlight(long Number, ulong Sequence, long LastPosition, int Messages, long Bytes, long SentAt);
