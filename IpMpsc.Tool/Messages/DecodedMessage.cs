using IpMpsc.Schemas;

namespace IpMpsc.Tool.Messages;

/// <summary>A message of a channel, decoded by the channel's schema as far as possible.</summary>
internal readonly ref struct DecodedMessage
{
    /// <summary>Name of its channel.</summary>
    public required string Channel { get; init; }

    public required long Position { get; init; }

    /// <summary>The id of its type; 0 for raw bytes.</summary>
    public required ushort Id { get; init; }

    public required ushort Version { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>When it was read; null if that says nothing about the message.</summary>
    public DateTimeOffset? Seen { get; init; }

    /// <summary>When and as a part of what it was sent; null if its sender does not say so.</summary>
    public MessageTrace? Trace { get; init; }

    /// <summary>Its type; null for raw bytes, and if the schema does not have it.</summary>
    public SchemaMessage? Type { get; init; }

    /// <summary>Its fields; null for raw bytes, and if it cannot be decoded.</summary>
    public MessageValue? Value { get; init; }

    /// <summary>Why it cannot be decoded; null if it can, or has no schema.</summary>
    public string? Problem { get; init; }

    /// <summary>What it is called where its type is shown.</summary>
    public string TypeName => Type?.Name ?? (Id == 0 ? "bytes" : $"message {Id}");
}
