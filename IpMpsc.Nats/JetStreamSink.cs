using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using IpMpsc.Nats.Sinking;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats;

/// <summary>
/// The end of a bridge on a machine where messages are needed: a sender of a channel there, which it creates with the schema that the stream carries.
/// </summary>
/// <remarks>
/// The channel receives each message of the stream in order and exactly once, however often this process, the receiver or the broker are killed, for as long as
/// the channel and the stream live: the channel remembers what it has taken of the stream. While it is full, the messages stay in the stream.
/// </remarks>
public sealed class JetStreamSink : JetStreamBridge
{
    /// <summary>The longest name of a forwarder's source, in bytes.</summary>
    private const int LongestSource = 56;

    private readonly JetStreamSinkOptions _options;
    private readonly IpcChannelOptions? _channelOptions;
    private RecordForwarder? _forwarder;

    /// <summary>Makes a bridge; <see cref="JetStreamBridge.RunAsync"/> starts it.</summary>
    /// <param name="channel">A name, looked up in the user's runtime directory, or a path. A channel that does not exist is created.</param>
    /// <param name="stream">The name of the stream. The bridge waits until it exists.</param>
    /// <param name="options">How messages travel; null for the defaults.</param>
    /// <param name="channelOptions">
    /// How to create the channel, and what an existing one must be like. A channel without a stated capacity gets the one of the channel on the other side.
    /// With <see cref="IpcChannelOptions.TraceMessages"/>, messages keep the trace context that they had there.
    /// </param>
    /// <param name="logger">Takes what the bridge logs.</param>
    /// <exception cref="ArgumentException">The channel has no name, or the name of the stream is not valid.</exception>
    public JetStreamSink(
        string channel,
        string stream,
        JetStreamSinkOptions? options = null,
        IpcChannelOptions? channelOptions = null,
        ILogger? logger = null)
        : base(channel, stream, $"{stream} to {channel}", "in", options ??= new JetStreamSinkOptions(), logger)
    {
        _options = options;
        _channelOptions = channelOptions;
    }

    private protected override void Prepare()
    {
        // The schema of the channel is in the stream.
    }

    private protected override void Leave()
    {
        _forwarder?.Dispose();
        _forwarder = null;
    }

    private protected override async Task CarryAsync(Broker broker, CancellationToken cancellationToken)
    {
        Subjects subjects = new(Stream, _options);
        BridgeStream stream = new(broker, Stream, subjects);
        StreamInfo info = await stream.RequireAsync(cancellationToken).ConfigureAwait(false);
        StreamSchema schema = await stream.NewestSchemaAsync(cancellationToken).ConfigureAwait(false)
            ?? throw BridgeObstacle.Wait($"stream '{Stream}': no bridge has written into it yet, so the messages are not known.");
        string source = SourceOf(info);
        if (_forwarder is not null && _forwarder.Source != source)
        {
            Leave(); // The stream was created anew.
        }

        _forwarder ??= Open(source, schema);
        SinkCursor cursor = Resume(info.State);
        ulong first = cursor.Sequence == 0 ? Math.Max((ulong)_options.FirstSequence, 1) : cursor.Sequence;
        BatchPull pull = await BatchPull
            .StartAsync(broker, Stream, subjects.AllMessages, first, _options.Prefetch, cancellationToken)
            .ConfigureAwait(false);
        await using (pull.ConfigureAwait(false))
        {
            BridgeProgress.Runs(Broker.Name(_options), string.Create(CultureInfo.InvariantCulture, $"from sequence {first:N0}"));
            using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, broker.Lost);
            SchemaGate gate = new(stream, _forwarder.Path, _forwarder.Schema, _channelOptions);
            SinkSession session = new(pull, _forwarder, gate, cursor.Generation, _channelOptions is { TraceMessages: true }, BridgeProgress);
            await session.RunAsync(ending.Token).ConfigureAwait(false);
        }
    }

    private RecordForwarder Open(string source, StreamSchema schema)
    {
        try
        {
            return RecordForwarder.OpenOrCreate(Channel, source, schema.Text, OptionsFor(schema));
        }
        catch (ChannelMismatchException difference)
        {
            throw BridgeObstacle.Refuse($"Stream '{Stream}' carries other messages than the channel, or the channel has other options: {difference.Message}");
        }
    }

    /// <summary>A new channel is as large as the one on the other side; one that exists is taken as it is.</summary>
    private IpcChannelOptions? OptionsFor(StreamSchema schema) =>
        _channelOptions?.Capacity is not null || schema.Capacity is null || IpcChannel.Exists(Channel)
            ? _channelOptions
            : (_channelOptions ?? new IpcChannelOptions()) with { Capacity = schema.Capacity };

    /// <summary>Where to continue, and what is to be said about it.</summary>
    private SinkCursor Resume(StreamState state)
    {
        SinkCursor cursor = SinkCursor.Of(_forwarder!.LastSequence);
        if (cursor.Sequence > state.LastSeq)
        {
            BridgeProgress.Lost(string.Create(
                CultureInfo.InvariantCulture,
                $"stream '{Stream}' ends at sequence {state.LastSeq:N0}, but the channel has taken {cursor.Sequence:N0}: " +
                $"the broker has lost what it had acknowledged. The bridge continues behind the end."));
            if (cursor.Generation == SinkCursor.MaxGeneration)
            {
                throw BridgeObstacle.Refuse(
                    $"Stream '{Stream}' was set back more than {SinkCursor.MaxGeneration} times while channel '{Channel}' lived. Delete the channel to begin anew.");
            }

            return new SinkCursor(cursor.Generation + 1, state.LastSeq + 1, -1);
        }

        if (cursor.Sequence > 0 && state.FirstSeq > cursor.Sequence + 1)
        {
            BridgeProgress.Lost(string.Create(
                CultureInfo.InvariantCulture,
                $"stream '{Stream}' begins at sequence {state.FirstSeq:N0}, but the channel has taken it up to {cursor.Sequence:N0} only: " +
                $"what was between was removed by the limits of the stream"));
        }

        return cursor;
    }

    /// <summary>
    /// The name by which the channel remembers the stream. A stream that was deleted and created again counts from 1,
    /// so it has another name.
    /// </summary>
    private string SourceOf(StreamInfo info)
    {
        string created = info.Created.UtcTicks.ToString("x", CultureInfo.InvariantCulture);
        string source = $"{Stream}@{created}";
        return Encoding.UTF8.GetByteCount(source) <= LongestSource
            ? source
            : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Stream)).AsSpan(0, 16))}@{created}";
    }
}
