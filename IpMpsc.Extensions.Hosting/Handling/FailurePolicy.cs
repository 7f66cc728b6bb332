using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>Calls a handler until it succeeds, or until its attempts are used up and the options say what happens then.</summary>
internal sealed class FailurePolicy<TMessage>(
    HandlerPlan<TMessage> plan,
    ChannelHandlerOptions options,
    DeadLetters deadLetters,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>Handles messages and releases them.</summary>
    /// <param name="work">The messages.</param>
    /// <param name="stop">The two moments of a stop.</param>
    /// <exception cref="OperationCanceledException">The host stops, and the messages are not handled: they stay held.</exception>
    /// <exception cref="HandlerFailedException">The last attempt failed, and the host is to stop; the message stays held.</exception>
    public async ValueTask HandleAsync(Work<TMessage> work, StopSignal stop)
    {
        if (work.Count > 1)
        {
            await HandleBatchAsync(work, stop).ConfigureAwait(false);
            return;
        }

        if (!work.TryDecode(out MessageFormatException? undecodable))
        {
            await GiveUpAsync(work, undecodable, stop).ConfigureAwait(false);
            return;
        }

        for (int attempt = 1; ; attempt++)
        {
            Exception? failure = await TryCallAsync(work, stop).ConfigureAwait(false);
            if (failure is null)
            {
                work.Release();
                return;
            }

            if (attempt >= options.MaxAttempts)
            {
                await GiveUpAsync(work, failure, stop).ConfigureAwait(false);
                return;
            }

            TimeSpan delay = DelayAfter(attempt);
            HandlerLog.AttemptFailed(logger, failure, plan.Channel, attempt, options.MaxAttempts, work.Position, delay);
            await Task.Delay(delay, time, stop.NoMoreWork).ConfigureAwait(false);
        }
    }

    /// <summary>One attempt for the whole batch; after that each message has its own attempts.</summary>
    private async ValueTask HandleBatchAsync(Work<TMessage> work, StopSignal stop)
    {
        Exception? failure = work.TryDecode(out MessageFormatException? undecodable)
            ? await TryCallAsync(work, stop).ConfigureAwait(false)
            : undecodable;
        if (failure is null)
        {
            work.Release();
            return;
        }

        HandlerLog.BatchFailed(logger, failure, plan.Channel, work.Count, work.Position);
        foreach (Work<TMessage> single in work.Split())
        {
            await HandleAsync(single, stop).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Calls the handler. Returns what it threw, unless that is its reaction to the end of the time for a stop.
    /// </summary>
    private async ValueTask<Exception?> TryCallAsync(Work<TMessage> work, StopSignal stop)
    {
        try
        {
            AsyncServiceScope scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await plan.Call(scope.ServiceProvider, work, stop.TimeIsOver).ConfigureAwait(false);
            }

            return null;
        }
        catch (Exception failure) when (!(failure is OperationCanceledException && stop.TimeIsOver.IsCancellationRequested))
        {
            return failure;
        }
    }

    private async ValueTask GiveUpAsync(Work<TMessage> work, Exception failure, StopSignal stop)
    {
        HandlerActivity.Fail(failure);
        if (options.OnFailure == FailureAction.DeadLetter)
        {
            await deadLetters.TakeAsync(work.Held[0], failure, stop.NoMoreWork).ConfigureAwait(false);
            return;
        }

        HandlerLog.GaveUp(logger, failure, plan.Channel, work.Position);
        throw new HandlerFailedException(plan.Channel, work.Position, failure);
    }

    private TimeSpan DelayAfter(int attempt)
    {
        double doubled = options.RetryDelay.TotalMilliseconds * Math.Pow(2, attempt - 1);
        return TimeSpan.FromMilliseconds(Math.Min(doubled, options.MaxRetryDelay.TotalMilliseconds));
    }
}
