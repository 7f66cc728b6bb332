using IpMpsc.Tests.Support;
using IpMpsc.Waiting;

namespace IpMpsc.Tests.Waiting;

/// <summary>A wait that cannot get the thread that it needs fails, and leaves sender, receiver and set as they were.</summary>
[CancelAfter(60_000)]
[Platform("Linux", Reason = "Sets a seccomp filter")]
public sealed class NoThreadTests
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 64 };

    private Receiver<Tick> _receiver = null!;
    private Sender<Tick> _sender = null!;

    [SetUp]
    public void Open()
    {
        _receiver = Receiver<Tick>.CreateTemporary(s_small);
        _sender = Sender<Tick>.Open(_receiver.Path);
    }

    [TearDown]
    public void Close()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Test]
    public async Task ReceiverIsNotInUseAfterwards(CancellationToken watchdog)
    {
        WithoutWaiters(() =>
        {
            ExpectRefused(() => _receiver.ReceiveAsync(watchdog).AsTask());
            ExpectRefused(() => _receiver.WaitToReceiveAsync(watchdog).AsTask());
            Assert.That(_receiver.TryReceive(out _), Is.False, "The receiver can be used.");
        });

        ValueTask<Tick> receiving = _receiver.ReceiveAsync(watchdog);
        _sender.Send(new Tick { Number = 1 }, watchdog);
        Assert.That((await receiving).Number, Is.EqualTo(1));
    }

    [Test]
    public async Task SenderContinuesAfterwards(CancellationToken watchdog)
    {
        _sender.Send(new Tick { Number = 1 }, watchdog);
        _sender.Send(new Tick { Number = 2 }, watchdog);
        WithoutWaiters(() =>
        {
            ExpectRefused(() => _sender.SendAsync(default, watchdog).AsTask());
            ExpectRefused(() => _sender.SendAsync(default, watchdog).AsTask());
        });

        ValueTask sending = _sender.SendAsync(new Tick { Number = 3 }, watchdog);
        for (int number = 1; number <= 3; number++)
        {
            Assert.That(_receiver.Receive(watchdog).Number, Is.EqualTo(number));
        }

        await sending;
        Assert.That(_receiver.TryReceive(out _), Is.False, "The message of the failed send was not sent.");
    }

    [Test]
    public async Task ReceiversOfASetAreNotInUseAfterwards(CancellationToken watchdog)
    {
        using ReceiverSet set = new(_receiver);
        WithoutWaiters(() =>
        {
            ExpectRefused(() => set.WaitAnyAsync(watchdog).AsTask());
            Assert.That(_receiver.TryReceive(out _), Is.False, "The receiver can be used.");
        });

        ValueTask<IReceiver> waiting = set.WaitAnyAsync(watchdog);
        _sender.Send(default, watchdog);
        Assert.That(await waiting, Is.SameAs(_receiver));
    }

    /// <summary>
    /// Takes every place on the waiter threads of this process, while no further thread can be created. The places
    /// stay taken: a later wait gets a thread of its own.
    /// </summary>
    private static void WithoutWaiters(Action calls) => RefusedCall.WithoutThreads(() =>
    {
        Assert.Throws<OutOfMemoryException>(() =>
        {
            while (true)
            {
                WaiterThreads.TakePlace(null);
            }
        });
        calls();
    });

    private static void ExpectRefused(Func<Task> call) =>
        Assert.Throws<OutOfMemoryException>(() => call().GetAwaiter().GetResult());
}
