namespace IpMpsc.Nats.Batches;

/// <summary>A record of a batch.</summary>
/// <param name="MessageId">The id of its message type.</param>
/// <param name="SchemaVersion">The version of its message type.</param>
/// <param name="Position">Its position in the channel that it comes from.</param>
/// <param name="Payload">Its bytes, in the batch.</param>
internal readonly record struct BatchRecord(ushort MessageId, ushort SchemaVersion, long Position, ReadOnlyMemory<byte> Payload);
