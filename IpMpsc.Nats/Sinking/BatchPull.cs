using System.Diagnostics;
using System.Globalization;
using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats.Sinking;

/// <summary>
/// Reads a stream from one sequence on, in order and never further ahead than asked for. The ordered consumer of the
/// client asks for more when messages arrive,
/// not when they are used, so a full channel would fill the memory instead.
/// </summary>
internal sealed class BatchPull : IAsyncDisposable
{
    private static readonly TimeSpan s_expiry = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(1);

    /// <summary>After this long without a message or a heartbeat, the broker counts as gone.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(5);

    private readonly Broker _broker;
    private readonly string _stream;
    private readonly string _consumer;
    private readonly string _inbox;
    private readonly INatsSub<NatsMemoryOwner<byte>> _messages;
    private readonly int _ahead;
    private long _asked;
    private ulong _delivery;
    private long _heard = Stopwatch.GetTimestamp();

    private BatchPull(Broker broker, string stream, string consumer, string inbox, INatsSub<NatsMemoryOwner<byte>> messages, int ahead)
    {
        (_broker, _stream, _consumer, _inbox, _messages, _ahead) = (broker, stream, consumer, inbox, messages, ahead);
    }

    /// <summary>Begins at a sequence.</summary>
    /// <param name="broker">The connection.</param>
    /// <param name="stream">The name of the stream.</param>
    /// <param name="subject">What to read.</param>
    /// <param name="sequence">Where to begin.</param>
    /// <param name="ahead">How many messages may be on their way.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<BatchPull> StartAsync(
        Broker broker, string stream, string subject, ulong sequence, int ahead, CancellationToken cancellationToken)
    {
        ConsumerConfig config = new()
        {
            Name = $"ipmpsc-{Guid.NewGuid():N}",
            FilterSubject = subject,
            DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence,
            OptStartSeq = sequence,
            AckPolicy = ConsumerConfigAckPolicy.None,
            MemStorage = true,
            NumReplicas = 1,
            InactiveThreshold = TimeSpan.FromMinutes(1),
        };
        INatsJSConsumer consumer = await broker.Context.CreateOrUpdateConsumerAsync(stream, config, cancellationToken).ConfigureAwait(false);
        string inbox = $"{broker.Connection.Opts.InboxPrefix}.{Guid.NewGuid():N}";
        INatsSub<NatsMemoryOwner<byte>> messages = await broker.Connection
            .SubscribeCoreAsync<NatsMemoryOwner<byte>>(
                inbox,
                opts: new NatsSubOpts { ChannelOpts = new NatsSubChannelOpts { Capacity = 2 * ahead + 64 } }, // Heartbeats need places, too.
                cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        return new BatchPull(broker, stream, consumer.Info.Name, inbox, messages, ahead);
    }

    /// <summary>The next message and its place. Its data is to be disposed.</summary>
    /// <exception cref="BridgeObstacle">The broker does not deliver any more: begin anew.</exception>
    public async ValueTask<(NatsMsg<NatsMemoryOwner<byte>> Message, PulledMessage Place)> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_asked <= _ahead / 2)
            {
                await AskAsync(_ahead - _asked, cancellationToken).ConfigureAwait(false);
            }

            if (!_messages.Msgs.TryRead(out NatsMsg<NatsMemoryOwner<byte>> message))
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            _heard = Stopwatch.GetTimestamp();
            if (message.Subject == _inbox || message.HasNoResponders)
            {
                HandleStatus(message);
                continue;
            }

            if (!PulledMessage.TryRead(message, out PulledMessage place) || place.Delivery != _delivery + 1)
            {
                message.Data.Dispose();
                throw BridgeObstacle.Wait($"stream '{_stream}': a delivery was lost on the way.");
            }

            _asked--;
            _delivery = place.Delivery;
            return (message, place);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _messages.DisposeAsync().ConfigureAwait(false);
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(1));
            if (!_broker.Lost.IsCancellationRequested)
            {
                await _broker.Context.DeleteConsumerAsync(_stream, _consumer, patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is NatsException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The broker removes the consumer itself when nobody uses it.
        }
    }

    private async ValueTask AskAsync(long count, CancellationToken cancellationToken)
    {
        await _broker.Connection
            .PublishAsync(
                $"{_broker.Context.Opts.Prefix}.CONSUMER.MSG.NEXT.{_stream}.{_consumer}",
                new ConsumerGetnextRequest { Batch = count, Expires = s_expiry, IdleHeartbeat = s_heartbeat },
                replyTo: _inbox,
                serializer: NatsJSJsonSerializer<ConsumerGetnextRequest>.Default,
                cancellationToken: cancellationToken)
            .ConfigureAwait(false);
        _asked += count;
        _heard = Stopwatch.GetTimestamp(); // While nothing was asked for, silence meant nothing.
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeSpan left = s_silence - Stopwatch.GetElapsedTime(_heard);
        silence.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
        try
        {
            if (await _messages.Msgs.WaitToReadAsync(silence.Token).ConfigureAwait(false))
            {
                return;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw BridgeObstacle.Wait($"the broker: it has been silent for {s_silence.TotalSeconds} s.");
        }

        throw BridgeObstacle.Wait("the broker: the connection was closed.");
    }

    private void HandleStatus(in NatsMsg<NatsMemoryOwner<byte>> message)
    {
        message.Data.Dispose();
        switch (message.Headers?.Code)
        {
            case 100: // A heartbeat.
                break;
            case 404 or 408: // A request has ended without as many messages as it had asked for.
                bool isCounted = message.Headers.TryGetLastValue("Nats-Pending-Messages", out string? pending)
                    & long.TryParse(pending, NumberStyles.None, CultureInfo.InvariantCulture, out long left);
                _asked = isCounted ? Math.Max(0, _asked - left) : 0;
                break;
            case var code:
                throw BridgeObstacle.Wait(
                    $"stream '{_stream}': the broker ended the delivery, {code?.ToString(CultureInfo.InvariantCulture) ?? "503"} '{message.Headers?.MessageText}'.");
        }
    }
}
