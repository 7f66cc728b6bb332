using System.Diagnostics;
using IpMpsc.Ring;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>With every strategy, a wait succeeds, times out, is cancelled and ends in the same way.</summary>
[CancelAfter(30_000)]
public sealed class WaitStrategyTests
{
    public static IEnumerable<WaitStrategy> All =>
        [WaitStrategy.Adaptive, WaitStrategy.SpinOnly, WaitStrategy.BlockOnly, WaitStrategy.SpinFor(TimeSpan.FromMicroseconds(200))];

    [TestCaseSource(nameof(All))]
    public async Task MessagesPassBetweenTwoWaitingParticipants(WaitStrategy strategy, CancellationToken watchdog)
    {
        IpcChannelOptions options = new() { Capacity = 64, WaitStrategy = strategy };
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(options);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path, options);
        Task sending = Background.Run(() =>
        {
            for (int number = 0; number < 500; number++)
            {
                sender.Send(new Tick { Number = number }, watchdog);
            }
        });
        for (int number = 0; number < 500; number++)
        {
            Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(number));
        }

        await sending;
    }

    [TestCaseSource(nameof(All))]
    public void TextOfAStrategyIsReadAgain(WaitStrategy strategy)
    {
        Assert.That(WaitStrategy.Parse(strategy.ToString()), Is.EqualTo(strategy));
        Assert.That(WaitStrategy.Parse($" {strategy} ".ToUpperInvariant()), Is.EqualTo(strategy));
    }

    [TestCase("")]
    [TestCase("Spin")]
    [TestCase("0")]
    [TestCase("SpinFor(-00:00:01)")]
    [TestCase("SpinFor(soon)")]
    [TestCase("SpinFor(00:00:01")]
    public void OtherTextIsNotAStrategy(string text)
    {
        Assert.That(WaitStrategy.TryParse(text, null, out _), Is.False);
        FormatException error = Assert.Throws<FormatException>(() => WaitStrategy.Parse(text));
        Assert.That(error.Message, Does.Contain($"'{text}'").And.Contain("BlockOnly"));
    }

    [Test]
    public async Task AwaitingReturnsTheThreadSoon(CancellationToken watchdog)
    {
        foreach (WaitStrategy strategy in (WaitStrategy[])[WaitStrategy.SpinOnly, WaitStrategy.SpinFor(TimeSpan.FromHours(1))])
        {
            IpcChannelOptions options = new() { Capacity = 64, WaitStrategy = strategy };
            using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(options);
            using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path, options);
            using ReceiverSet set = new(strategy, receiver);

            ValueTask<IReceiver> found = set.WaitAnyAsync(watchdog);
            sender.Send(new Tick { Number = 1 }, watchdog);
            await found;
            receiver.Receive(watchdog);
            ValueTask<Tick> received = receiver.ReceiveAsync(watchdog);
            sender.Send(new Tick { Number = 2 }, watchdog);
            await received;
            sender.Send(new Tick { Number = 3 }, watchdog);
            sender.Send(new Tick { Number = 4 }, watchdog);
            ValueTask sent = sender.SendAsync(new Tick { Number = 5 }, watchdog);

            Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(3));
            await sent;
        }
    }

    [TestCaseSource(nameof(All))]
    public void AWaitEndsWithItsTime(WaitStrategy strategy)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { WaitStrategy = strategy });
        TimeSpan timeout = TimeSpan.FromMilliseconds(5);
        long start = Stopwatch.GetTimestamp();

        Assert.That(receiver.TryReceive(out _, timeout), Is.False);

        Assert.That(Stopwatch.GetElapsedTime(start), Is.GreaterThanOrEqualTo(timeout));
    }

    [TestCaseSource(nameof(All))]
    public void AWaitEndsWhenItIsCancelled(WaitStrategy strategy)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { WaitStrategy = strategy });
        List<double> milliseconds = [];
        for (int round = 0; round < 15; round++)
        {
            using CancellationTokenSource source = new();
            Task waiting = Background.Run(() => receiver.Receive(source.Token));
            SpinWait.SpinUntil(() => ((IConsumerOwner)receiver).Consumer.IsInUse);
            long start = Stopwatch.GetTimestamp();
            source.Cancel();
            Assert.CatchAsync<OperationCanceledException>(() => waiting);
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        milliseconds.Sort();
        TestContext.Out.WriteLine($"{strategy}: cancelled in {milliseconds[milliseconds.Count / 2]:F3} ms (median)");
    }

    [TestCaseSource(nameof(All))]
    public async Task AWaitEndsWithTheReceiver(WaitStrategy strategy)
    {
        Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { WaitStrategy = strategy });
        Task waiting = Background.Run(() => receiver.Receive());
        SpinWait.SpinUntil(() => ((IConsumerOwner)receiver).Consumer.IsInUse);

        await Task.Run(receiver.Dispose);

        Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    [TestCaseSource(nameof(All))]
    public void TheEndOfAllSendersIsNoticed(WaitStrategy strategy, CancellationToken watchdog)
    {
        IpcChannelOptions options = new() { WaitStrategy = strategy, EndWithSenders = true };
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(options);
        Sender<Tick>.Open(receiver.Path).Dispose();

        Assert.Throws<ChannelCompletedException>(() => receiver.Receive(watchdog));
    }

    [TestCaseSource(nameof(All))]
    public async Task ASetReturnsReceiversAndEnds(WaitStrategy strategy, CancellationToken watchdog)
    {
        using Receiver<Tick> quiet = Receiver<Tick>.CreateTemporary();
        using Receiver<Tick> busy = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(busy.Path);
        using ReceiverSet set = new(strategy, quiet, busy);
        Task<IReceiver> waiting = Begin(watchdog);
        SpinWait.SpinUntil(() => set.WaitsNow);
        await Task.Delay(5, watchdog); // Long enough for several rounds of a set that never sleeps.
        sender.Send(new Tick { Number = 7 }, watchdog);

        Assert.That(await waiting, Is.SameAs(busy));
        Assert.That(busy.Receive(watchdog).Number, Is.EqualTo(7));

        using CancellationTokenSource source = new();
        waiting = Begin(source.Token);
        SpinWait.SpinUntil(() => set.WaitsNow);
        source.Cancel();

        Assert.CatchAsync<OperationCanceledException>(() => waiting);
        Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(5), watchdog), Is.Null);

        Task<IReceiver> Begin(CancellationToken token) => Background.Run(() => set.WaitAny(token));
    }

    [TestCaseSource(nameof(All))]
    public void ASetNoticesTheEndOfAllSenders(WaitStrategy strategy, CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { EndWithSenders = true });
        using ReceiverSet set = new(strategy, receiver);
        Sender<Tick>.Open(receiver.Path).Dispose();

        Assert.That(set.WaitAny(watchdog), Is.SameAs(receiver));
        Assert.That(receiver.IsCompleted, Is.True);
    }

    [Test]
    public void StrategiesAreComparedAndNamed()
    {
        Assert.That(default(WaitStrategy), Is.EqualTo(WaitStrategy.Adaptive));
        Assert.That(WaitStrategy.SpinFor(TimeSpan.Zero), Is.EqualTo(WaitStrategy.BlockOnly));
        Assert.That(WaitStrategy.SpinOnly, Is.Not.EqualTo(WaitStrategy.BlockOnly));
        Assert.That(
            All.Select(strategy => strategy.ToString()),
            Is.EqualTo(new[] { "Adaptive", "SpinOnly", "BlockOnly", "SpinFor(00:00:00.0002000)" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => WaitStrategy.SpinFor(TimeSpan.FromTicks(-1)));
    }
}
