using IpMpsc.Layout;
using IpMpsc.Observing;

namespace IpMpsc;

/// <summary>A copy of a message that an observer read: one that was waiting, one that was received before, or one that passed.</summary>
/// <param name="Position">Its position, in bytes since the channel was created.</param>
/// <param name="MessageId">The id of its type; 0 in a channel of raw bytes.</param>
/// <param name="SchemaVersion">The version of its type that the sender wrote; 0 in a channel of raw bytes.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record PeekedMessage(long Position, ushort MessageId, ushort SchemaVersion, ReadOnlyMemory<byte> Payload)
{
    /// <summary>When and as a part of which activity it was sent; null if its sender does not set <see cref="IpcChannelOptions.TraceMessages"/>.</summary>
    public MessageTrace? Trace { get; init; }

    internal static PeekedMessage Of(CopiedRecord record) => new(
        record.Position,
        RecordDescriptor.MessageIdOf(record.Description),
        RecordDescriptor.SchemaVersionOf(record.Description),
        record.Payload)
    {
        Trace = record.Trailer is null ? null : MessageTrace.Read(record.Trailer),
    };
}
