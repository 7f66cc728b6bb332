using IpMpsc.Nats.Brokers;
using IpMpsc.Nats.Progress;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IpMpsc.Nats;

/// <summary>Carries the messages of a channel into a stream of NATS JetStream, or out of it, until it is cancelled.</summary>
/// <remarks>
/// <see cref="JetStreamSource"/> is one end, <see cref="JetStreamSink"/> the other. Applications with a host add bridges by
/// <c>services.AddChannelBridge</c>, tools run them directly. All members are safe to call from any thread.
/// </remarks>
public abstract class JetStreamBridge
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    private readonly JetStreamOptions _options;
    private int _isStarted;

    private protected JetStreamBridge(
        string channel, string stream, string title, string direction, JetStreamOptions options, ILogger? logger)
    {
        ArgumentException.ThrowIfNullOrEmpty(channel);
        Channel = channel;
        Stream = Subjects.RequireStream(stream);
        _options = options;
        Title = title;
        BridgeProgress = new BridgeProgress(
            title,
            [new("channel", channel), new("stream", stream), new("direction", direction)],
            logger ?? NullLogger.Instance);
    }

    /// <summary>The name or path of the channel.</summary>
    public string Channel { get; }

    /// <summary>The name of the stream.</summary>
    public string Stream { get; }

    /// <summary>What the bridge has done and does now.</summary>
    public BridgeStatus Status => BridgeProgress.Status;

    private protected BridgeProgress BridgeProgress { get; }

    private protected string Title { get; }

    /// <summary>
    /// Carries messages until it is cancelled. After any failure, it says in <see cref="Status"/> and in the log what
    /// it waits for, and tries again.
    /// </summary>
    /// <param name="cancellationToken">Ends the bridge. Messages that are not acknowledged then stay in the channel or the stream.</param>
    /// <returns>A task that ends when the bridge has left the channel and the broker; also if it was cancelled, it does not fail.</returns>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isStarted, 1) != 0)
        {
            throw new InvalidOperationException($"{Title} was started before; make another bridge to run it again.");
        }

        BridgeMeter.Add(BridgeProgress);
        try
        {
            await Task.Yield(); // The caller must not wait for the first connection.
            await RepeatAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
            BridgeProgress.Stopped();
            BridgeMeter.Remove(BridgeProgress);
        }
    }

    /// <summary>Opens what can be opened without a broker.</summary>
    private protected abstract void Prepare();

    /// <summary>Carries messages over a connection. Ends when everything was carried and nothing will come any more; whatever fails is thrown.</summary>
    private protected abstract Task CarryAsync(Broker broker, CancellationToken cancellationToken);

    /// <summary>Gives back the place in the channel.</summary>
    private protected abstract void Leave();

    private async Task RepeatAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = s_firstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            long before = Status.Batches;
            try
            {
                Prepare();
                Broker broker = await Broker.ConnectAsync(_options, $"ipmpsc bridge {Title}", cancellationToken).ConfigureAwait(false);
                await using (broker.ConfigureAwait(false))
                {
                    await CarryAsync(broker, cancellationToken).ConfigureAwait(false);
                    return;
                }
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Report(failure);
            }

            pause = Status.Batches != before ? s_firstPause : pause;
            await Task.Delay(pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, s_longestPause.Ticks));
        }
    }

    private void Report(Exception failure)
    {
        if (failure is ChannelException)
        {
            Leave(); // The next attempt opens whatever has the name then.
        }

        if (Status.State == BridgeState.Running)
        {
            BridgeProgress.Interrupted();
        }

        (BridgeState state, string reason) = Obstacles.Of(failure, Broker.Name(_options));
        BridgeProgress.Waits(state, reason, failure is BridgeObstacle ? null : failure);
    }
}
