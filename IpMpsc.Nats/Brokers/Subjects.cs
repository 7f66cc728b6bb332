namespace IpMpsc.Nats.Brokers;

/// <summary>
/// The subjects of a stream. Each channel has one of its own, with its id in it, so that the last message of the subject is the last batch of
/// that channel, also if channels of several machines have the same name.
/// </summary>
/// <param name="stream">The name of the stream.</param>
/// <param name="options">May name another prefix.</param>
internal sealed class Subjects(string stream, JetStreamOptions options)
{
    private readonly string _prefix = options.Subject ?? $"ipmpsc.{stream}";

    /// <summary>Everything of this stream that bridges write.</summary>
    public string All => $"{_prefix}.>";

    /// <summary>The batches of all channels.</summary>
    public string AllMessages => $"{_prefix}.messages.>";

    /// <summary>All schemas.</summary>
    public string AllSchemas => $"{_prefix}.schema.*";

    /// <summary>The batches of a channel.</summary>
    public string MessagesOf(string channel, Guid id) => $"{_prefix}.messages.{Token(channel)}.{id:N}";

    /// <summary>A schema.</summary>
    public string SchemaOf(string fingerprint) => $"{_prefix}.schema.{fingerprint}";

    /// <summary>Requires that a name can be that of a stream.</summary>
    /// <exception cref="ArgumentException">It cannot.</exception>
    public static string RequireStream(string stream)
    {
        ArgumentException.ThrowIfNullOrEmpty(stream);
        return stream.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '.' or '*' or '>' or '/' or '\\')
            ? throw new ArgumentException($"'{stream}' cannot be the name of a stream: it has no spaces and none of . * > / and \\.", nameof(stream))
            : stream;
    }

    /// <summary>A name as a token of a subject.</summary>
    private static string Token(string name) =>
        string.Concat(name.Select(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
}
