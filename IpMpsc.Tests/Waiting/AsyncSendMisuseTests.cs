namespace IpMpsc.Tests.Waiting;

/// <summary>The task of a waiting send is used in ways that a ValueTask does not allow: later sends are not affected.</summary>
[CancelAfter(30_000)]
public sealed class AsyncSendMisuseTests
{
    /// <summary>Two records of a tick.</summary>
    private static readonly IpcChannelOptions s_small = new() { Capacity = 64 };

    [Test]
    public async Task AwaitingTwiceThrowsAndTheNextSendsAreSeparate(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        await sender.SendAsync(new Tick { Number = 0 }, watchdog);
        await sender.SendAsync(new Tick { Number = 1 }, watchdog);
        ValueTask waiting = sender.SendAsync(new Tick { Number = 2 }, watchdog);
        receiver.Receive(watchdog);
        await waiting;

        Assert.ThrowsAsync<InvalidOperationException>(async () => await waiting);

        ValueTask third = sender.SendAsync(new Tick { Number = 3 }, watchdog);
        ValueTask fourth = sender.SendAsync(new Tick { Number = 4 }, watchdog);
        for (int number = 1; number <= 4; number++)
        {
            Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(number));
        }

        await third;
        await fourth;
    }

    [Test]
    public async Task TakingTheResultTooEarlyThrowsAndTheSendContinues(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        await sender.SendAsync(new Tick { Number = 0 }, watchdog);
        await sender.SendAsync(new Tick { Number = 1 }, watchdog);
        ValueTask waiting = sender.SendAsync(new Tick { Number = 2 }, watchdog);

        Assert.Throws<InvalidOperationException>(() => waiting.GetAwaiter().GetResult());

        for (int number = 0; number < 3; number++)
        {
            Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(number));
        }

        await waiting;
    }

    [Test]
    public async Task ACancelledSendIsACancelledTask(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        await sender.SendAsync(new Tick { Number = 0 }, watchdog);
        await sender.SendAsync(new Tick { Number = 1 }, watchdog);
        using CancellationTokenSource source = new();
        Task waiting = sender.SendAsync(new Tick { Number = 2 }, source.Token).AsTask();

        await source.CancelAsync();

        OperationCanceledException? error = Assert.CatchAsync<OperationCanceledException>(() => waiting.WaitAsync(watchdog));
        Assert.That(error!.CancellationToken, Is.EqualTo(source.Token));
        Assert.That(waiting.IsCanceled, Is.True);
        Assert.That(sender.SendAsync(new Tick { Number = 2 }, source.Token).AsTask().IsCanceled, Is.True);
    }
}
