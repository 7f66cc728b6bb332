using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IpMpsc.Nats.Progress;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats.Brokers;

/// <summary>What a bridge asks of its stream before messages flow.</summary>
/// <param name="broker">The connection.</param>
/// <param name="name">The name of the stream.</param>
/// <param name="subjects">The subjects.</param>
internal sealed class BridgeStream(Broker broker, string name, Subjects subjects)
{
    /// <summary>Ids of messages that the broker remembers cost memory, and bridges do not need them.</summary>
    private static readonly TimeSpan s_shortestDuplicateWindow = TimeSpan.FromSeconds(1);

    private INatsJSStream? _stream; // What the client makes of the name; to get it costs a round trip.

    public string Name => name;

    /// <summary>What the stream is now.</summary>
    /// <exception cref="NatsJSApiException">There is none.</exception>
    public async Task<StreamInfo> InfoAsync(CancellationToken cancellationToken)
    {
        _stream = await broker.Context.GetStreamAsync(name, request: null, cancellationToken).ConfigureAwait(false);
        return _stream.Info;
    }

    /// <summary>As <see cref="InfoAsync"/>, and says that the bridge waits for the stream if there is none.</summary>
    public async Task<StreamInfo> RequireAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InfoAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException error) when (error.Error.ErrCode == ErrorCode.StreamNotFound)
        {
            throw BridgeObstacle.Wait($"stream '{name}': it does not exist yet.");
        }
    }

    /// <summary>As <see cref="RequireAsync"/>, but creates a stream that does not exist.</summary>
    public async Task<StreamInfo> EnsureAsync(JetStreamSourceOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await InfoAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException error) when (error.Error.ErrCode == ErrorCode.StreamNotFound && options.CreateStream)
        {
            StreamConfig config = new(name, [subjects.All])
            {
                Description = "Channels of IpMpsc",
                Storage = StreamConfigStorage.File,
                DuplicateWindow = s_shortestDuplicateWindow,
            };
            options.ConfigureStream?.Invoke(config);
            return await CreateAsync(config, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException error) when (error.Error.ErrCode == ErrorCode.StreamNotFound)
        {
            throw BridgeObstacle.Wait($"stream '{name}': it does not exist, and this bridge is not to create it.");
        }
    }

    /// <summary>The last message of a subject: its sequence and its id; null if there is none.</summary>
    public async Task<(ulong Sequence, string? Id)?> LastOfAsync(string subject, CancellationToken cancellationToken)
    {
        StoredMessage? last = await GetLastAsync(subject, cancellationToken).ConfigureAwait(false);
        return last is null ? null : (last.Seq, HeaderOf(last, StreamHeaders.MessageId));
    }

    /// <summary>Makes sure that the stream carries a schema.</summary>
    /// <returns>Its fingerprint.</returns>
    public async Task<string> EnsureSchemaAsync(string schema, long capacity, CancellationToken cancellationToken)
    {
        string fingerprint = FingerprintOf(schema);
        string subject = subjects.SchemaOf(fingerprint);
        if (await GetLastAsync(subject, cancellationToken).ConfigureAwait(false) is null)
        {
            NatsHeaders headers = new()
            {
                [StreamHeaders.ExpectedStream] = name,
                [StreamHeaders.ExpectedLastSubjectSequence] = "0",
                [StreamHeaders.Format] = StreamHeaders.PlainFormat,
                [StreamHeaders.Capacity] = capacity.ToString(CultureInfo.InvariantCulture),
            };
            PubAckResponse answer;
            try
            {
                answer = await broker.Context
                    .PublishAsync<ReadOnlyMemory<byte>>(
                        subject, Encoding.UTF8.GetBytes(schema), opts: new NatsJSPubOpts { RetryAttempts = 1 }, headers: headers, cancellationToken: cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (NatsJSPublishNoResponseException)
            {
                throw NotTaken(subject);
            }

            if (answer.Error is { } error && error.ErrCode != ErrorCode.WrongLastSequence)
            {
                throw BridgeObstacle.Wait($"stream '{name}': it does not take the schema, '{error.Description}'.");
            }
        }

        return fingerprint;
    }

    /// <summary>The schema of a fingerprint; null if the stream has none.</summary>
    public async Task<StreamSchema?> SchemaOfAsync(string fingerprint, CancellationToken cancellationToken) =>
        ToSchema(await GetLastAsync(subjects.SchemaOf(fingerprint), cancellationToken).ConfigureAwait(false));

    /// <summary>The newest schema; null if there is none.</summary>
    public async Task<StreamSchema?> NewestSchemaAsync(CancellationToken cancellationToken) =>
        ToSchema(await GetLastAsync(subjects.AllSchemas, cancellationToken).ConfigureAwait(false));

    /// <summary>What to say where no stream takes a subject.</summary>
    public BridgeObstacle NotTaken(string subject) => BridgeObstacle.Wait(
        $"stream '{name}': nothing takes '{subject}'. Add '{subjects.All}' to its subjects, or give the bridge a subject of the stream; or JetStream is not ready.");

    /// <summary>A name for a schema text: different texts have different ones.</summary>
    public static string FingerprintOf(string schema) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(schema)).AsSpan(0, 16));

    private async Task<StreamInfo> CreateAsync(StreamConfig config, CancellationToken cancellationToken)
    {
        try
        {
            return (await broker.Context.CreateStreamAsync(config, cancellationToken).ConfigureAwait(false)).Info;
        }
        catch (NatsJSApiException error) when (error.Error.ErrCode == ErrorCode.StreamNameInUse)
        {
            return await InfoAsync(cancellationToken).ConfigureAwait(false); // Another bridge has created it.
        }
    }

    private async Task<StoredMessage?> GetLastAsync(string subject, CancellationToken cancellationToken)
    {
        try
        {
            INatsJSStream stream = _stream ??= await broker.Context.GetStreamAsync(name, request: null, cancellationToken).ConfigureAwait(false);
            return (await stream.GetAsync(new StreamMsgGetRequest { LastBySubj = subject }, cancellationToken).ConfigureAwait(false)).Message;
        }
        catch (NatsJSApiException error) when (error.Error.ErrCode == ErrorCode.NoMessageFound)
        {
            return null;
        }
    }

    private static StreamSchema? ToSchema(StoredMessage? message) => message is null ? null : new StreamSchema(
        Encoding.UTF8.GetString(message.Data.Span),
        long.TryParse(HeaderOf(message, StreamHeaders.Capacity), NumberStyles.None, CultureInfo.InvariantCulture, out long capacity) ? capacity : null,
        message.Seq);

    /// <summary>A header of a message that the broker returns as one block, encoded in base 64.</summary>
    private static string? HeaderOf(StoredMessage message, string key)
    {
        if (message.Hdrs is not { } encoded)
        {
            return null;
        }

        foreach (string line in Encoding.UTF8.GetString(Convert.FromBase64String(encoded)).Split("\r\n"))
        {
            if (line.StartsWith(key, StringComparison.OrdinalIgnoreCase) && line.AsSpan(key.Length).StartsWith(":"))
            {
                return line[(key.Length + 1)..].Trim();
            }
        }

        return null;
    }
}
