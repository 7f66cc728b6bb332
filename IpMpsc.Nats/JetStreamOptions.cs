using NATS.Client.Core;

namespace IpMpsc.Nats;

/// <summary>How a bridge reaches its stream: what both directions have in common.</summary>
public abstract class JetStreamOptions
{
    private protected JetStreamOptions()
    {
    }

    /// <summary>
    /// The options of the NATS client: addresses, TLS, credentials, NKeys, timeouts. By default <c>nats://localhost:4222</c> without credentials.
    /// </summary>
    /// <remarks>
    /// A bridge opens a connection of its own, and a new one after every failure, so the options about reconnecting have no effect.
    /// </remarks>
    public NatsOpts Connection { get; set; } = NatsOpts.Default;

    /// <summary>The JetStream domain of the stream, such as that of a leaf node; null for that of the server.</summary>
    public string? Domain { get; set; }

    /// <summary>
    /// The subject below which the bridge writes and reads; <c>ipmpsc.STREAM</c> if it is not set. Batches of a channel have the subject
    /// <c>SUBJECT.messages.NAME.ID</c>, schemas <c>SUBJECT.schema.FINGERPRINT</c>.
    /// </summary>
    public string? Subject { get; set; }

    /// <summary>Sets the address of <see cref="Connection"/>: one or several, separated by commas.</summary>
    public string Url
    {
        get => Connection.Url;
        set => Connection = Connection with { Url = value };
    }
}
