using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IpMpsc.Nats.Batches;
using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using NATS.Client.Core;

namespace IpMpsc.Nats.Sourcing;

/// <summary>
/// From a look at the stream to the first failure: publishes what the channel holds, and releases what the broker has acknowledged, never more.
/// </summary>
/// <remarks>
/// Two loops. One takes messages and publishes batches, as many as the window has room for. The other takes the acknowledgements, which come in the
/// order of the batches, and releases. Whatever goes wrong ends both, and the next session begins at the first message that is not released.
/// </remarks>
internal sealed class SourceSession : IAsyncDisposable
{
    /// <summary>What NATS adds to a batch: its headers, of which the longest is the name of the stream.</summary>
    private const int HeaderBytes = 1024;

    /// <summary>Where one batch is in flight at a time, it may be this many times as large.</summary>
    private const int SharedBatchFactor = 16;

    /// <summary>
    /// The schema is repeated among the batches after this long, or this many bytes: the limits of a stream remove
    /// the oldest messages first, and sinks
    /// must find it among what is left.
    /// </summary>
    private static readonly TimeSpan s_schemaAge = TimeSpan.FromSeconds(30);

    private const long SchemaBytes = 8 << 20;

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    private readonly Broker _broker;
    private readonly BridgeStream _stream;
    private readonly RecordReceiver _receiver;
    private readonly JetStreamSourceOptions _options;
    private readonly SourcePace _pace;
    private readonly BridgeProgress _progress;
    private readonly string _subject;
    private readonly (string Fingerprint, string Subject) _schema;
    private readonly string _inbox;
    private readonly INatsSub<NatsMemoryOwner<byte>> _answers;
    private readonly SemaphoreSlim _window;
    private readonly MessageTaker _taker;
    private readonly BatchChain _chain;
    private long _schemaSentAt;
    private long _bytesSinceSchema = SchemaBytes; // The first batch brings it.

    private SourceSession(
        Broker broker,
        BridgeStream stream,
        RecordReceiver receiver,
        JetStreamSourceOptions options,
        SourcePace pace,
        BridgeProgress progress,
        string subject,
        (string Fingerprint, string Subject) schema,
        (string Subject, INatsSub<NatsMemoryOwner<byte>> Answers) inbox,
        (BatchChain Chain, long Position) look)
    {
        _broker = broker;
        _stream = stream;
        _receiver = receiver;
        _options = options;
        _pace = pace;
        _progress = progress;
        _subject = subject;
        _schema = schema;
        (_inbox, _answers) = inbox;
        (_chain, StreamPosition) = look;
        _window = new SemaphoreSlim(pace.IsShared ? 1 : options.Window);
        _taker = new MessageTaker(receiver, broker.MaxPayload - HeaderBytes);
    }

    /// <summary>The position of the last message that the stream had at the start; -1 if it had none of this channel.</summary>
    public long StreamPosition { get; }

    /// <summary>The position of the last message that the broker has acknowledged; -1 if there is none.</summary>
    public long ReleasedPosition { get; private set; } = -1;

    /// <summary>One batch in flight at a time may be larger: it waits for a whole round trip.</summary>
    private int BatchSize => _pace.IsShared
        ? (int)Math.Min((long)_options.BatchBytes * SharedBatchFactor, _broker.MaxPayload / 2)
        : _options.BatchBytes;

    /// <summary>Looks where the stream stands, and steps over what it has already.</summary>
    public static async Task<SourceSession> StartAsync(
        Broker broker,
        BridgeStream stream,
        RecordReceiver receiver,
        string subject,
        (string Fingerprint, string Subject) schema,
        JetStreamSourceOptions options,
        SourcePace pace,
        BridgeProgress progress,
        CancellationToken cancellationToken)
    {
        // Below the client's own inboxes a wildcard would hear nothing, and a prefix of another kind may not be permitted.
        string inbox = $"{broker.Connection.Opts.InboxPrefix}.{Guid.NewGuid():N}";
        INatsSub<NatsMemoryOwner<byte>> answers = await broker.Connection
            .SubscribeCoreAsync<NatsMemoryOwner<byte>>($"{inbox}.*", cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        try
        {
            (BatchChain Chain, long Position) look = await LookAsync(stream, receiver, subject, pace, cancellationToken).ConfigureAwait(false);
            SourceSession session = new(broker, stream, receiver, options, pace, progress, subject, schema, (inbox, answers), look);
            session._taker.Begin(look.Position);
            return session;
        }
        catch
        {
            await EndAsync(answers).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Carries messages. Ends when every sender has left and everything is acknowledged; whatever fails is thrown.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, or the connection was lost.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _broker.Lost);
        Task publishing = PublishAsync(ending.Token);
        Task releasing = ReleaseAsync(ending.Token);
        Task watching = WatchAsync(ending.Token);
        Task first = await Task.WhenAny(publishing, releasing, watching).ConfigureAwait(false);
        if (first == publishing && !publishing.IsFaulted && !publishing.IsCanceled)
        {
            first = await Task.WhenAny(DrainedAsync(ending.Token), releasing, watching).ConfigureAwait(false);
        }
        else if (first == publishing && publishing.Exception?.InnerException is ChannelRetiredException)
        {
            await Task.WhenAny(DrainedAsync(ending.Token), releasing, watching).ConfigureAwait(false); // Its last messages are in flight.
        }

        await ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(publishing, releasing, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        _broker.Lost.ThrowIfCancellationRequested(); // Whatever failed first, that is why.
        await first.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => EndAsync(_answers);

    /// <summary>
    /// Asks for the last message of the stream first, and for the last one of this channel second: a batch that arrives in between, sent by a session before,
    /// then makes the first one of this session fail, and is not sent again.
    /// </summary>
    private static async Task<(BatchChain Chain, long Position)> LookAsync(
        BridgeStream stream, RecordReceiver receiver, string subject, SourcePace pace, CancellationToken cancellationToken)
    {
        ulong lastOfStream = (await stream.InfoAsync(cancellationToken).ConfigureAwait(false)).State.LastSeq;
        (ulong sequence, string? id) = await stream.LastOfAsync(subject, cancellationToken).ConfigureAwait(false) ?? (0, null);
        bool isOurs = BatchId.TryParse(id ?? "", out BatchId last) && last.Channel == receiver.ChannelId;
        return (new BatchChain(pace, stream.Name, pace.IsShared ? sequence : lastOfStream), isOurs ? last.Position : -1);
    }

    private static async ValueTask EndAsync(INatsSub<NatsMemoryOwner<byte>> answers)
    {
        try
        {
            await answers.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is NatsException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is lost, and its subscriptions with it.
        }
    }

    private async Task PublishAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _window.WaitAsync(cancellationToken).ConfigureAwait(false);
            while (!_taker.TryFill(BatchSize))
            {
                if (!await _receiver.WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
                {
                    return; // Every sender has left.
                }
            }

            if (_bytesSinceSchema >= SchemaBytes || Stopwatch.GetElapsedTime(_schemaSentAt) > s_schemaAge)
            {
                await PublishSchemaAsync(cancellationToken).ConfigureAwait(false);
                await _window.WaitAsync(cancellationToken).ConfigureAwait(false); // The schema has taken the place of the batch.
            }

            await PublishBatchAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private ValueTask PublishBatchAsync(CancellationToken cancellationToken)
    {
        BatchWriter batch = _taker.Batch;
        NatsHeaders headers = new(5)
        {
            [StreamHeaders.MessageId] = new BatchId(_receiver.ChannelId, batch.LastPosition).ToString(),
            [StreamHeaders.Schema] = _schema.Fingerprint,
            [StreamHeaders.Format] = batch.HasTraces ? StreamHeaders.TracedFormat : StreamHeaders.PlainFormat,
        };
        _bytesSinceSchema += batch.Length;
        long number = _chain.Begin(headers, batch.LastPosition, batch.Count, _taker.PayloadBytes);
        return PublishAsync(_subject, batch.Written, headers, number, cancellationToken);
    }

    private ValueTask PublishSchemaAsync(CancellationToken cancellationToken)
    {
        NatsHeaders headers = new(5)
        {
            [StreamHeaders.MessageId] = $"{_schema.Fingerprint}:{Guid.NewGuid():N}",
            [StreamHeaders.Capacity] = _receiver.Capacity.ToString(CultureInfo.InvariantCulture),
            [StreamHeaders.Format] = StreamHeaders.PlainFormat,
        };
        _schemaSentAt = Stopwatch.GetTimestamp();
        _bytesSinceSchema = 0;
        long number = _chain.Begin(headers, lastPosition: -1, messages: 0, bytes: 0);
        return PublishAsync(_schema.Subject, Encoding.UTF8.GetBytes(_receiver.Schema), headers, number, cancellationToken);
    }

    private ValueTask PublishAsync(string subject, ReadOnlyMemory<byte> data, NatsHeaders headers, long number, CancellationToken cancellationToken)
    {
        _progress.Pending(_chain.Count);
        string answerTo = string.Create(CultureInfo.InvariantCulture, $"{_inbox}.{number}");
        return _broker.Connection.PublishAsync(subject, data, headers, answerTo, cancellationToken: cancellationToken);
    }

    private async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await foreach (NatsMsg<NatsMemoryOwner<byte>> answer in _answers.Msgs.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            using NatsMemoryOwner<byte> data = answer.Data;
            if (answer.HasNoResponders)
            {
                throw _stream.NotTaken(_subject);
            }

            long number = long.Parse(answer.Subject.AsSpan(_inbox.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture);
            Release(number, ReadAnswer(data.Span));
        }

        throw BridgeObstacle.Wait($"the broker {Broker.Name(_options)}: the connection was closed.");
    }

    private void Release(long number, in Acknowledgement answer)
    {
        if (answer.ErrorCode is ErrorCode.WrongLastSequence or ErrorCode.WrongLastMessageId)
        {
            throw new StreamConflict();
        }

        if (answer.Error is { } error)
        {
            throw BridgeObstacle.Wait($"stream '{_stream.Name}': the broker stores nothing, '{error}'.");
        }

        (InFlight batch, bool isAloneAgain) = _chain.End(number, answer.Sequence);
        _progress.Pending(_chain.Count);
        if (batch.Messages > 0)
        {
            _receiver.ReleaseThrough(batch.LastPosition);
            ReleasedPosition = batch.LastPosition;
            _progress.Carried(batch.Messages, batch.Bytes);
        }

        _window.Release(isAloneAgain ? _options.Window : 1); // Whoever is alone again has the whole window.
    }

    /// <summary>A broker that was stopped, or whose disk does not answer, keeps the connection and says nothing.</summary>
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(s_look);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_chain.Age > _options.AckTimeout)
            {
                throw BridgeObstacle.Wait(string.Create(
                    CultureInfo.InvariantCulture,
                    $"the broker {Broker.Name(_options)}: it has acknowledged nothing for {_options.AckTimeout.TotalSeconds:0.###} s."));
            }
        }
    }

    private async Task DrainedAsync(CancellationToken cancellationToken)
    {
        while (_chain.Count > 0)
        {
            await Task.Delay(s_look, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Acknowledgement ReadAnswer(ReadOnlySpan<byte> json)
    {
        try
        {
            return Acknowledgement.Read(json);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw BridgeObstacle.Wait($"an acknowledgement that can be read: {error.Message}");
        }
    }
}
