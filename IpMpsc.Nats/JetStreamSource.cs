using System.Globalization;
using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using IpMpsc.Nats.Sourcing;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats;

/// <summary>
/// The end of a bridge on the machine where the channel is filled: the receiver of the channel, which carries its messages into a stream and releases each one when the
/// broker has acknowledged it.
/// </summary>
/// <remarks>
/// Every committed message reaches the stream in the order of the channel and exactly once, however often this process, the senders or the broker are killed, for as
/// long as the channel and the stream live. While the broker is away or slow, the channel fills up and its senders wait: nothing else holds messages.
/// </remarks>
public sealed class JetStreamSource : JetStreamBridge
{
    /// <summary>So many conflicts in a row are no race any more.</summary>
    private const int MostConflicts = 8;

    private readonly JetStreamSourceOptions _options;
    private readonly IpcChannelOptions? _channelOptions;
    private readonly SourcePace _pace = new();
    private RecordReceiver? _receiver;
    private Guid _channel;
    private long _released = -1;

    /// <summary>Makes a bridge; <see cref="JetStreamBridge.RunAsync"/> starts it.</summary>
    /// <param name="channel">A name, looked up in the user's runtime directory, or a path. The bridge waits until the channel exists.</param>
    /// <param name="stream">The name of the stream.</param>
    /// <param name="options">How messages travel; null for the defaults.</param>
    /// <param name="channelOptions">What the channel must be like; an option that is not set is not checked.</param>
    /// <param name="logger">Takes what the bridge logs.</param>
    /// <exception cref="ArgumentException">The channel has no name, or the name of the stream is not valid.</exception>
    public JetStreamSource(
        string channel,
        string stream,
        JetStreamSourceOptions? options = null,
        IpcChannelOptions? channelOptions = null,
        ILogger? logger = null)
        : base(channel, stream, $"{channel} to {stream}", "out", options ??= new JetStreamSourceOptions(), logger)
    {
        _options = options;
        _channelOptions = channelOptions;
    }

    private protected override void Prepare()
    {
        _receiver ??= RecordReceiver.Open(Channel, _channelOptions);
        if (_channel != _receiver.ChannelId)
        {
            (_channel, _released) = (_receiver.ChannelId, -1);
        }
    }

    private protected override void Leave()
    {
        _receiver?.Rewind();
        _receiver?.Dispose();
        _receiver = null;
    }

    private protected override async Task CarryAsync(Broker broker, CancellationToken cancellationToken)
    {
        RecordReceiver receiver = _receiver!;
        Subjects subjects = new(Stream, _options);
        BridgeStream stream = new(broker, Stream, subjects);
        StreamInfo info = await stream.EnsureAsync(_options, cancellationToken).ConfigureAwait(false);
        RequireRetention(info);
        await SchemaAgreement.RequireAsync(stream, receiver.Path, _channelOptions, cancellationToken).ConfigureAwait(false);
        string fingerprint = await stream.EnsureSchemaAsync(receiver.Schema, receiver.Capacity, cancellationToken).ConfigureAwait(false);
        string subject = subjects.MessagesOf(Path.GetFileName(receiver.Path), receiver.ChannelId);
        while (true)
        {
            SourceSession session = await SourceSession
                .StartAsync(broker, stream, receiver, subject, (fingerprint, subjects.SchemaOf(fingerprint)), _options, _pace, BridgeProgress, cancellationToken)
                .ConfigureAwait(false);
            await using (session.ConfigureAwait(false))
            {
                ReportLoss(session.StreamPosition);
                BridgeProgress.Runs(
                    Broker.Name(_options),
                    session.StreamPosition < 0 ? "from the first message" : string.Create(CultureInfo.InvariantCulture, $"behind position {session.StreamPosition:N0}"));
                try
                {
                    await session.RunAsync(cancellationToken).ConfigureAwait(false);
                    return;
                }
                catch (StreamConflict) when (_pace.Conflicts < MostConflicts)
                {
                    if (_pace.Conflict())
                    {
                        BridgeProgress.Shares();
                    }
                }
                finally
                {
                    _released = Math.Max(_released, session.ReleasedPosition);
                }
            }
        }
    }

    /// <summary>A broker that lost its power, or a stream that was restored from a copy, may lack messages that it has acknowledged.</summary>
    private void ReportLoss(long streamPosition)
    {
        if (streamPosition >= 0 && streamPosition < _released)
        {
            BridgeProgress.Lost(string.Create(
                CultureInfo.InvariantCulture,
                $"stream '{Stream}' has lost messages that it had acknowledged: " +
                $"it ends at position {streamPosition:N0} of the channel, but had position {_released:N0}"));
            _released = streamPosition;
        }
    }

    /// <summary>The last message of a channel tells where to resume, so it must stay in the stream.</summary>
    private void RequireRetention(StreamInfo info)
    {
        if (info.Config.Retention != StreamConfigRetention.Limits)
        {
            throw BridgeObstacle.Refuse(
                $"Stream '{Stream}' has the retention '{info.Config.Retention}', which removes messages that were consumed; " +
                $"a bridge finds by the last one where to resume. Use 'Limits'.");
        }
    }
}
