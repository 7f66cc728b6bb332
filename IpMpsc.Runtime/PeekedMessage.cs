namespace IpMpsc;

/// <summary>A copy of a message that was waiting in a channel when it was copied.</summary>
/// <param name="Position">Its position, in bytes since the channel was created.</param>
/// <param name="MessageId">The id of its type; 0 in a channel of raw bytes.</param>
/// <param name="SchemaVersion">The version of its type that the sender wrote; 0 in a channel of raw bytes.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record PeekedMessage(long Position, ushort MessageId, ushort SchemaVersion, ReadOnlyMemory<byte> Payload);
