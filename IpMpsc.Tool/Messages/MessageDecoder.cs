using IpMpsc.Schemas;
using IpMpsc.Tool.Reports;

namespace IpMpsc.Tool.Messages;

/// <summary>Decodes the messages of a channel by its schema.</summary>
/// <param name="channel">Name of the channel.</param>
/// <param name="schema">Its schema.</param>
internal sealed class MessageDecoder(string channel, string schema)
{
    private readonly SchemaDocument? _schema = ReadableSchema.TryParse(schema, out _);

    /// <summary>The types that the channel carries; none for raw bytes, or if the schema is damaged.</summary>
    public IReadOnlyList<SchemaMessage> Types => _schema?.Messages ?? [];

    /// <inheritdoc cref="Decode(long, ushort, ushort, ReadOnlySpan{byte}, DateTimeOffset?, MessageTrace?)" />
    public DecodedMessage Decode(PeekedMessage message, DateTimeOffset? seen = null) =>
        Decode(message.Position, message.MessageId, message.SchemaVersion, message.Payload.Span, seen, message.Trace);

    /// <summary>Decodes a message; what cannot be decoded has a <see cref="DecodedMessage.Problem"/>.</summary>
    public DecodedMessage Decode(long position, ushort id, ushort version, ReadOnlySpan<byte> payload, DateTimeOffset? seen = null, MessageTrace? trace = null)
    {
        SchemaMessage? type = _schema?.Find(id);
        MessageValue? value = null;
        string? problem = null;
        if (type is not null)
        {
            try
            {
                value = type.Decode(payload, version);
            }
            catch (MessageFormatException error)
            {
                problem = error.Message;
            }
        }
        else if (_schema is not { Messages.Count: 0 })
        {
            problem = $"the channel's schema has no message with the id {id}";
        }

        return new DecodedMessage
        {
            Channel = channel,
            Position = position,
            Id = id,
            Version = version,
            Payload = payload,
            Seen = seen,
            Trace = trace,
            Type = type,
            Value = value,
            Problem = problem,
        };
    }
}
