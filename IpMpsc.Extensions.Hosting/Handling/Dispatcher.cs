using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>
/// Receives the messages of a channel and hands them to lanes, each of which calls the handler for one work after the
/// other. Without a key all lanes take from one queue; with a key each has its own, so that messages of one key stay in order.
/// </summary>
/// <remarks>
/// Invariant: a message that was held is released if and only if its handler has succeeded or it is in the dead-letter
/// channel. After the first failure that ends the dispatcher nothing further is handled, so order holds across a restart.
/// </remarks>
internal sealed class Dispatcher<TMessage> : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(20);

    private readonly MessageSource<TMessage> _source;
    private readonly HandlerPlan<TMessage> _plan;
    private readonly FailurePolicy<TMessage> _policy;
    private readonly ChannelHandlerOptions _options;
    private readonly ILogger _logger;
    private readonly StopSignal _stop;
    private readonly Channel<Work<TMessage>>[] _queues;
    private readonly SemaphoreSlim _room;
    private readonly int _maxHeld;
    private readonly CancellationTokenSource _failed = new();
    private readonly CancellationTokenSource _endOfReceiving;
    private Exception? _failure;
    private long _handled;
    private long _handledBeforeStop = -1;

    public Dispatcher(
        MessageSource<TMessage> source,
        HandlerPlan<TMessage> plan,
        FailurePolicy<TMessage> policy,
        ChannelHandlerOptions options,
        StopSignal stop,
        ILogger logger)
    {
        _source = source;
        _plan = plan;
        _policy = policy;
        _options = options;
        _stop = stop;
        _logger = logger;
        _queues = [.. Enumerable.Range(0, plan.KeyHash is null ? 1 : options.Parallelism).Select(_ => Channel.CreateUnbounded<Work<TMessage>>())];
        _maxHeld = options.MaxHeld ?? options.Parallelism * (plan.IsBatch ? options.BatchSize : 1);
        _room = new SemaphoreSlim(_maxHeld, _maxHeld);
        _endOfReceiving = CancellationTokenSource.CreateLinkedTokenSource(stop.TimeIsOver, _failed.Token);
    }

    /// <summary>Messages whose handler has succeeded, or that were moved to the dead-letter channel.</summary>
    public long Handled => Volatile.Read(ref _handled);

    /// <summary>How many of them since the stop was requested.</summary>
    public long Drained => _handledBeforeStop < 0 ? 0 : Handled - _handledBeforeStop;

    /// <summary>
    /// Receives and handles until the stop, the end of the channel, or the first failure that ends the dispatcher.
    /// </summary>
    public async Task RunAsync()
    {
        Task[] lanes = [.. Enumerable.Range(0, _options.Parallelism).Select(lane => RunLaneAsync(_queues[lane % _queues.Length].Reader))];
        try
        {
            bool completed = await ReceiveAsync().ConfigureAwait(false);
            if (!completed && _options.DrainAtShutdown && !_failed.IsCancellationRequested)
            {
                await DrainAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            foreach (Channel<Work<TMessage>> queue in _queues)
            {
                queue.Writer.Complete();
            }

            await Task.WhenAll(lanes).ConfigureAwait(false);
        }

        if (_failure is not null)
        {
            throw _failure;
        }
    }

    public void Dispose()
    {
        _endOfReceiving.Dispose();
        _failed.Dispose();
        _room.Dispose();
    }

    /// <summary>Receives until the stop. True if the channel has ended before.</summary>
    private async Task<bool> ReceiveAsync()
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Requested, _failed.Token);
        try
        {
            while (!end.IsCancellationRequested)
            {
                if (!await WaitAsync(end.Token).ConfigureAwait(false))
                {
                    await WaitForLanesAsync().ConfigureAwait(false);
                    HandlerLog.Completed(_logger, _plan.Channel, Handled);
                    return true;
                }

                await HandOverAsync(long.MaxValue, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The stop, or a failure in a lane.
        }

        return false;
    }

    /// <summary>Handles what was sent before the stop: everything up to where the tail was then.</summary>
    private async Task DrainAsync()
    {
        using ChannelObserver observer = ChannelObserver.Open(_source.Path);
        _handledBeforeStop = Handled;
        long tail = _stop.Tail;
        CancellationToken end = _endOfReceiving.Token;
        try
        {
            while (!end.IsCancellationRequested && await HandOverAsync(tail, end).ConfigureAwait(false))
            {
                await WaitForLanesAsync().ConfigureAwait(false);
                if (observer.Inspect().HeadPosition >= tail)
                {
                    return;
                }

                // A sender has claimed room before the tail and not committed yet.
                await WaitBrieflyAsync(end).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The time is over, or a lane has failed.
        }
    }

    /// <summary>Hands over the messages that are there. False if one behind the last position to be handled came.</summary>
    private async ValueTask<bool> HandOverAsync(long end, CancellationToken cancellation)
    {
        while (true)
        {
            await _room.WaitAsync(cancellation).ConfigureAwait(false);
            IHeld<TMessage>? message = TryHold();
            if (message is null || message.Position >= end)
            {
                _room.Release();
                return message is null;
            }

            Enqueue(message, end);
        }
    }

    /// <summary>Gives a message, or a batch that begins with it, to a lane. The queues have no limit, so this cannot fail: what is held is never dropped.</summary>
    private void Enqueue(IHeld<TMessage> first, long end)
    {
        if (!_plan.IsBatch)
        {
            _queues[LaneOf(first)].Writer.TryWrite(new Work<TMessage>([first]));
            return;
        }

        List<IHeld<TMessage>> batch = [first];
        while (batch.Count < _options.BatchSize && _room.Wait(0, CancellationToken.None))
        {
            IHeld<TMessage>? next = TryHold();
            if (next is null || next.Position >= end)
            {
                _room.Release();
                break;
            }

            batch.Add(next);
        }

        _queues[0].Writer.TryWrite(new Work<TMessage>(batch));
    }

    /// <summary>
    /// The lane of a message's key. A message that cannot be decoded has no key; any lane will report that.
    /// </summary>
    private int LaneOf(IHeld<TMessage> message)
    {
        if (_plan.KeyHash is null)
        {
            return 0;
        }

        try
        {
            return (int)((uint)_plan.KeyHash(message.Read()) % (uint)_queues.Length);
        }
        catch (MessageFormatException)
        {
            return 0;
        }
    }

    private IHeld<TMessage>? TryHold()
    {
        while (true)
        {
            try
            {
                return _source.TryHold();
            }
            catch (ChannelCorruptException corrupt) when (_options.SkipCorrupt)
            {
                HandlerLog.SkippedCorrupt(_logger, corrupt, _plan.Channel, _source.SkipCorrupt());
            }
        }
    }

    private async ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await _source.WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (ChannelCorruptException corrupt) when (_options.SkipCorrupt)
            {
                HandlerLog.SkippedCorrupt(_logger, corrupt, _plan.Channel, _source.SkipCorrupt());
            }
        }
    }

    /// <summary>Waits for a message, but not for long: what was awaited may have become a gap, which is not a message.</summary>
    private async ValueTask WaitBrieflyAsync(CancellationToken end)
    {
        using CancellationTokenSource look = CancellationTokenSource.CreateLinkedTokenSource(end);
        look.CancelAfter(s_look);
        try
        {
            await WaitAsync(look.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // It is time to look again.
        }
    }

    /// <summary>Returns when nothing is held, or a lane has failed.</summary>
    private async ValueTask WaitForLanesAsync()
    {
        int taken = 0;
        try
        {
            for (; taken < _maxHeld; taken++)
            {
                await _room.WaitAsync(_endOfReceiving.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_endOfReceiving.IsCancellationRequested)
        {
            // The caller looks at the token, too.
        }
        finally
        {
            if (taken > 0)
            {
                _room.Release(taken);
            }
        }
    }

    private async Task RunLaneAsync(ChannelReader<Work<TMessage>> queue)
    {
        await foreach (Work<TMessage> work in queue.ReadAllAsync().ConfigureAwait(false))
        {
            // What is behind a failure, or behind the end of the time, stays held and in the channel.
            if (_failed.IsCancellationRequested || _stop.NoMoreWork.IsCancellationRequested)
            {
                continue;
            }

            try
            {
                using Activity? activity = HandlerActivity.Start(_plan.Channel, work);
                await _policy.HandleAsync(work, _stop).ConfigureAwait(false);
                Interlocked.Add(ref _handled, work.Count);
                _room.Release(work.Count);
            }
            catch (OperationCanceledException) when (_stop.NoMoreWork.IsCancellationRequested)
            {
                // The message stays held and in the channel.
            }
            catch (Exception failure)
            {
                Interlocked.CompareExchange(ref _failure, failure, null);
                await _failed.CancelAsync().ConfigureAwait(false);
            }
        }
    }
}
