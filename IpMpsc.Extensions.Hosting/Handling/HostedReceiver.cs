using IpMpsc.Extensions.Hosting.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Handling;

/// <summary>The service that receives from a channel for as long as the host runs.</summary>
/// <remarks>
/// It opens the channel before any service starts. If a message cannot be handled, or the channel fails, its task
/// fails; the host then stops, as the host option <c>BackgroundServiceExceptionBehavior</c> says.
/// </remarks>
/// <param name="services">Where the options, the logger and the scopes come from.</param>
/// <param name="plan">What the registration says.</param>
/// <param name="open">Opens the receiver.</param>
internal sealed class HostedReceiver<TMessage>(
    IServiceProvider services,
    HandlerPlan<TMessage> plan,
    Func<string, IpcChannelOptions?, MessageSource<TMessage>> open) : BackgroundService, IHostedLifecycleService
{
    /// <summary>
    /// How long handlers may take to react to the end of their time before the stop continues without them.
    /// </summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("IpMpsc.Extensions.Hosting.Receiver");
    private readonly TaskCompletionSource _begin = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MessageSource<TMessage>? _source;
    private DeadLetters? _deadLetters;
    private Dispatcher<TMessage>? _dispatcher;
    private StopSignal? _stop;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        HostedChannelOptions channel = services.ChannelOptions(plan.Channel);
        ChannelHandlerOptions options = channel.Handler;
        _source = services.OpenChannel(plan.Channel, open);
        _stop = new StopSignal(options.DrainAtShutdown);
        _deadLetters = new DeadLetters(plan.Channel, _source.Path, options.DeadLetterPath ?? _source.Path + ".dead", channel.TraceMessages, _logger);
        FailurePolicy<TMessage> policy = new(
            plan,
            options,
            _deadLetters,
            services.GetRequiredService<IServiceScopeFactory>(),
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            _logger);
        _dispatcher = new Dispatcher<TMessage>(_source, plan, policy, options, _stop, _logger);
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles what was sent before, for as long as the host's shutdown timeout allows, and says what is left.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_stop is not { } stop || _source is not { } source)
        {
            return; // The start has failed before the channel was open.
        }

        long tail = TailOf(source.Path);
        stop.Request(tail);
        CancellationTokenRegistration time = cancellationToken.UnsafeRegister(static state => ((StopSignal)state!).End(), stop);
        await using (time.ConfigureAwait(false))
        {
            // If the base class is stopped before the work has begun, it never runs the work, and nothing would be
            // handled.
            await AwaitBeginAsync(cancellationToken).ConfigureAwait(false);
            await base.StopAsync(cancellationToken).ConfigureAwait(false);
        }

        if (ExecuteTask is { IsCompleted: false } running)
        {
            await Task.WhenAny(running, Task.Delay(s_grace, CancellationToken.None)).ConfigureAwait(false);
        }

        LogEnd(source.Path, tail);
    }

    public override void Dispose()
    {
        base.Dispose();
        _stop?.End();
        if (ExecuteTask is { IsCompleted: false } running)
        {
            // A handler ignores the end of its time and may still read its message.
            running.ContinueWith(_ => Leave(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        else
        {
            Leave();
        }
    }

    /// <summary>Leaves the channel. What is held stays in it, as the first messages of the next receiver.</summary>
    private void Leave()
    {
        _source?.PutBack();
        _source?.Dispose();
        _deadLetters?.Dispose();
        _dispatcher?.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _begin.TrySetResult();
        HandlerLog.Started(_logger, plan.Channel, _source!.Path);
        await Task.Yield(); // The first messages must not hold up the start of the host.
        await _dispatcher!.RunAsync().ConfigureAwait(false);
    }

    private async Task AwaitBeginAsync(CancellationToken cancellationToken)
    {
        try
        {
            await (ExecuteTask is null ? Task.CompletedTask : _begin.Task.WaitAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The time for the stop is over.
        }
    }

    private void LogEnd(string path, long tail)
    {
        long left = CountBefore(path, tail);
        if (left == 0)
        {
            HandlerLog.Stopped(_logger, plan.Channel, _dispatcher!.Handled, _dispatcher.Drained, _deadLetters!.Count);
        }
        else
        {
            HandlerLog.StoppedEarly(_logger, plan.Channel, _dispatcher!.Handled, _dispatcher.Drained, _deadLetters!.Count, left);
        }
    }

    private static long TailOf(string path)
    {
        try
        {
            return IpcChannel.Inspect(path).TailPosition;
        }
        catch (ChannelException)
        {
            return 0; // It was deleted.
        }
    }

    private static long CountBefore(string path, long end)
    {
        try
        {
            using ChannelObserver observer = ChannelObserver.Open(path);
            return observer.Peek().Messages.Count(message => message.Position < end);
        }
        catch (ChannelException)
        {
            return 0;
        }
    }
}
