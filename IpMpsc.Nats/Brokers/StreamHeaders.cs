namespace IpMpsc.Nats.Brokers;

/// <summary>The headers of the messages that bridges write.</summary>
internal static class StreamHeaders
{
    /// <summary>The id of a batch. The broker also drops a second one of the same id for a while; bridges do not rely on that.</summary>
    public const string MessageId = "Nats-Msg-Id";

    /// <summary>The broker takes the message only into this stream.</summary>
    public const string ExpectedStream = "Nats-Expected-Stream";

    /// <summary>The broker takes the message only behind the one with this id.</summary>
    public const string ExpectedLastMessageId = "Nats-Expected-Last-Msg-Id";

    /// <summary>The broker takes the message only behind this one of the stream.</summary>
    public const string ExpectedLastSequence = "Nats-Expected-Last-Sequence";

    /// <summary>The broker takes the message only behind this one of its subject.</summary>
    public const string ExpectedLastSubjectSequence = "Nats-Expected-Last-Subject-Sequence";

    /// <summary>On a batch: the fingerprint of the schema of its channel.</summary>
    public const string Schema = "IpMpsc-Schema";

    /// <summary>On a batch and a schema: the version of the format, <see cref="PlainFormat"/> or <see cref="TracedFormat"/>.</summary>
    public const string Format = "IpMpsc-Format";

    /// <summary>On a schema: the capacity of the channel that it comes from.</summary>
    public const string Capacity = "IpMpsc-Capacity";

    /// <summary>The format of schemas, and of batches whose records have no traces.</summary>
    public const string PlainFormat = "1";

    /// <summary>The format of batches with a record that has a trace.</summary>
    public const string TracedFormat = "2";
}
