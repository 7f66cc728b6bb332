using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IpMpsc.Extensions.Hosting.Tests.Handling;

/// <summary>A stop handles what was sent before it, reports how much is left, and loses nothing.</summary>
public sealed class StopTests
{
    private TaskCompletionSource _gate = null!;
    private HandlingFixture _orders = null!;

    [SetUp]
    public void MakeFixture()
    {
        _orders = new HandlingFixture();
        _gate = new TaskCompletionSource();
    }

    [TearDown]
    public void DisposeFixture() => _orders.Dispose();

    [Test]
    public void MessagesSentBeforeTheStopAreHandled()
    {
        _orders.Inbox.Work = async (_, _) => await _gate.Task;
        _orders.Start(("Parallelism", "2"));
        _orders.Send(Enumerable.Range(0, 20));
        Patience.Until(() => _orders.Inbox.Running == 2, "two handlers run");
        Task stop = _orders.Host.StopAsync();
        _gate.SetResult();
        stop.Finish("the stop");
        _orders.Host.Dispose();

        Assert.That(_orders.Inbox.Numbers, Is.EquivalentTo(Enumerable.Range(0, 20)));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.Empty);
        Assert.That(_orders.Log.Lines.Select(line => line.Message), Has.One.Contains("20 messages handled").And.Contains("none left"));
    }

    [Test]
    public void StopThatComesBeforeTheFirstReceiveHandlesWhatWasSent()
    {
        using ManualResetEventSlim isStopping = new();
        Task[] busy = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(isStopping.Wait))]; // Occupies every thread of the pool.
        _orders.Send(0, 1, 2);
        _orders.Start();
        Task stop = _orders.Host.StopAsync();
        isStopping.Set();
        stop.Finish("the stop");
        Task.WhenAll(busy).Finish("the other tasks");
        _orders.Host.Dispose();

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo([0, 1, 2]));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.Empty);
    }

    [Test]
    public void MessagesSentAfterTheStopWaitForTheNextStart()
    {
        _orders.Inbox.Work = async (_, _) => await _gate.Task;
        _orders.Start();
        _orders.Send(0, 1, 2);
        Patience.Until(() => _orders.Inbox.Running == 1, "a handler runs");
        Task stop = _orders.Host.StopAsync();
        Patience.Until(() => _orders.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested, "the host stops");
        _orders.Inbox.Work = async (order, _) =>
        {
            if (order.Number == 1)
            {
                _orders.Send(100); // Behind the tail that the stop has noted, since the handler of 0 has returned by then.
            }

            await Task.CompletedTask;
        };
        _gate.SetResult();
        stop.Finish("the stop");
        _orders.Host.Dispose();

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo([0, 1, 2]));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.EqualTo([100]));
    }

    [Test]
    public void MessagesLeftAtTheTimeoutAreReportedAndKept()
    {
        _orders.Inbox.Work = async (order, cancellation) => await (order.Number < 2 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancellation));
        _orders.Start();
        _orders.Send(Enumerable.Range(0, 6));
        Patience.Until(() => _orders.Inbox.Calls.Contains(2), "the third message is in its handler");
        using CancellationTokenSource time = new(TimeSpan.FromMilliseconds(50));
        _orders.Host.StopAsync(time.Token).Finish("the stop");
        _orders.Host.Dispose();

        Assert.That(_orders.Log.From(LogLevel.Warning), Has.One.Contains("2 messages handled").And.Contains("4 that were sent before the stop are left"));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.EqualTo([2, 3, 4, 5]));
    }

    [Test]
    public void DrainingCanBeTurnedOff()
    {
        _orders.Inbox.Work = async (_, _) => await _gate.Task;
        _orders.Start(("DrainAtShutdown", "false"));
        _orders.Send(Enumerable.Range(0, 4));
        Patience.Until(() => _orders.Inbox.Running == 1, "the first message is in its handler");
        Task stop = _orders.Host.StopAsync();
        Patience.Until(() => _orders.Host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested, "the host stops");
        _gate.SetResult();
        stop.Finish("the stop");
        _orders.Host.Dispose();

        Assert.That(_orders.Inbox.Numbers, Is.EqualTo([0]));
        Assert.That(HandlingFixture.Rest(_orders.Path), Is.EqualTo([1, 2, 3]));
    }

    [Test]
    public void RetriesEndWithTheTime()
    {
        _orders.Inbox.Work = (_, _) => throw new InvalidOperationException("never");
        _orders.Start(("MaxAttempts", "1000000"), ("RetryDelay", "01:00:00"), ("MaxRetryDelay", "01:00:00"));
        _orders.Send(1);
        Patience.Until(() => _orders.Log.From(LogLevel.Warning).Any(), "the first attempt has failed");
        using CancellationTokenSource time = new(TimeSpan.FromMilliseconds(20));
        _orders.Host.StopAsync(time.Token).Finish("the stop");
        _orders.Host.Dispose();

        Assert.That(HandlingFixture.Rest(_orders.Path), Is.EqualTo([1]));
    }

    [Test]
    public void HostThatWasNeverStartedStops()
    {
        _orders.Build([], services => services.AddChannelReceiver<Order, Handlers.Single>("orders"));
        _orders.Stop();
    }
}
