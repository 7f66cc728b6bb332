using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>Asynchronous receiving: messages, their order, and every way in which a wait ends.</summary>
[CancelAfter(30_000)]
public sealed class AsyncReceiveTests
{
    [Test]
    public async Task AMessageThatIsThereIsReceivedAtOnce()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(new Tick { Number = 7 });

        ValueTask<Tick> pending = receiver.ReceiveAsync();

        Assert.That(pending.IsCompletedSuccessfully);
        Assert.That((await pending).Number, Is.EqualTo(7));
    }

    [Test]
    public async Task AWaitEndsWithTheMessageThatComes(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        for (int number = 0; number < 100; number++)
        {
            ValueTask<Tick> pending = receiver.ReceiveAsync(watchdog);
            Assert.That(pending.IsCompleted, Is.False);

            sender.Send(new Tick { Number = number });

            Assert.That((await pending).Number, Is.EqualTo(number));
        }
    }

    [Test]
    public async Task WaitingLeavesTheMessageInTheRing(CancellationToken watchdog)
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary();
        using Sender<Note> sender = Sender<Note>.Open(receiver.Path);
        ValueTask<bool> pending = receiver.WaitToReceiveAsync(watchdog);

        sender.Send(new Note { Number = 1, Text = "one" });

        Assert.That(await pending);
        Assert.That(await receiver.WaitToReceiveAsync(watchdog));
        Assert.That(receiver.TryReceive(out Note note));
        Assert.That(note.Text, Is.EqualTo("one"));
    }

    [Test]
    public async Task TheStreamEndsWhenEverySenderHasLeft(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { EndWithSenders = true, Capacity = 1024 });
        Task sending = Task.Run(
            async () =>
            {
                using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
                for (int number = 0; number < 10_000; number++)
                {
                    await sender.SendAsync(new Tick { Number = number }, watchdog);
                }
            },
            watchdog);

        long expected = 0;
        await foreach (Tick tick in receiver.ReadAllAsync(watchdog))
        {
            Assert.That(tick.Number, Is.EqualTo(expected++));
        }

        await sending;
        Assert.That(expected, Is.EqualTo(10_000));
        Assert.That(await receiver.WaitToReceiveAsync(watchdog), Is.False);
        Assert.ThrowsAsync<ChannelCompletedException>(async () => await receiver.ReceiveAsync(watchdog));
    }

    [Test]
    public async Task CancellingEndsTheWaitAndLeavesTheReceiverUsable()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        for (int round = 0; round < 20; round++)
        {
            using CancellationTokenSource source = new();
            ValueTask<Tick> pending = receiver.ReceiveAsync(source.Token);
            await source.CancelAsync();

            OperationCanceledException? cancelled = Assert.CatchAsync<OperationCanceledException>(async () => await pending);

            Assert.That(cancelled!.CancellationToken, Is.EqualTo(source.Token));
        }

        sender.Send(new Tick { Number = 1 });
        Assert.That(receiver.Receive().Number, Is.EqualTo(1));
    }

    [Test]
    public void ACancelledTokenTakesNoMessage()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(new Tick { Number = 1 });

        Assert.CatchAsync<OperationCanceledException>(async () => await receiver.ReceiveAsync(new CancellationToken(true)));

        Assert.That(receiver.TryReceive(out _));
    }

    [Test]
    public void DisposingFromAnotherThreadEndsTheWait()
    {
        Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        ValueTask<Tick> pending = receiver.ReceiveAsync();

        Task.Run(receiver.Dispose);

        Assert.ThrowsAsync<ObjectDisposedException>(async () => await pending);
        Assert.That(File.Exists(receiver.Path), Is.False, "A temporary channel is deleted with its receiver.");
    }

    [Test]
    public async Task ASecondUseDuringAWaitIsRefused(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        ValueTask<Tick> pending = receiver.ReceiveAsync(watchdog);

        Assert.Throws<InvalidOperationException>(() => receiver.TryReceive(out _));
        Assert.ThrowsAsync<InvalidOperationException>(async () => await receiver.ReceiveAsync(watchdog));

        sender.Send(new Tick { Number = 3 });
        Assert.That((await pending).Number, Is.EqualTo(3));
    }

    [Test]
    public async Task BytesAreReceivedAsArraysAndIntoBuffers(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.CreateTemporary();
        using ByteSender sender = ByteSender.Open(receiver.Path);
        byte[] buffer = new byte[8];
        ValueTask<byte[]> array = receiver.ReceiveAsync(watchdog);
        await sender.SendAsync(new byte[] { 1, 2, 3 }, watchdog);
        Assert.That(await array, Is.EqualTo(new byte[] { 1, 2, 3 }));

        ValueTask<int> length = receiver.ReceiveAsync(buffer, watchdog);
        await sender.SendAsync(new byte[] { 4, 5 }, watchdog);
        Assert.That(await length, Is.EqualTo(2));
        Assert.That(buffer[..2], Is.EqualTo(new byte[] { 4, 5 }));

        await sender.SendAsync(new byte[9], watchdog);
        Assert.ThrowsAsync<ArgumentException>(async () => await receiver.ReceiveAsync(buffer, watchdog));
        Assert.That(receiver.Receive(watchdog), Has.Length.EqualTo(9), "A message that does not fit stays.");
    }

    [Test]
    public async Task MoreReceiversWaitThanOneThreadTakes(CancellationToken watchdog)
    {
        const int Count = 300;
        using TestDirectory directory = new();
        IpcChannelOptions small = new() { Capacity = 1024, MaxSenders = 1 };
        Receiver<Tick>[] receivers =
            [.. Enumerable.Range(0, Count).Select(index => Receiver<Tick>.Create(directory[$"{index}"], small))];
        ValueTask<Tick>[] pending = [.. receivers.Select(receiver => receiver.ReceiveAsync(watchdog))];

        for (int index = Count - 1; index >= 0; index--)
        {
            using Sender<Tick> sender = Sender<Tick>.Open(receivers[index].Path);
            sender.Send(new Tick { Number = index });
        }

        for (int index = 0; index < Count; index++)
        {
            Assert.That((await pending[index]).Number, Is.EqualTo(index));
            receivers[index].Dispose();
        }
    }

    /// <summary>The end of a cancelled wait and the start of the next one race; each awaiter must get the result of its own wait.</summary>
    [Test]
    public async Task ACancelledWaitIsNeverCompletedByTheNextOne(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        for (int round = 0; round < 300; round++)
        {
            using CancellationTokenSource source = new();
            Task<Tick> cancelled = receiver.ReceiveAsync(source.Token).AsTask();
            Task cancelling = Task.Run(source.Cancel, watchdog);

            // Tries in a loop, to begin the next wait at the first moment at which the receiver allows it.
            Task<Tick>? next = null;
            while (next is null)
            {
                watchdog.ThrowIfCancellationRequested();
                Task<Tick> attempt = receiver.ReceiveAsync(watchdog).AsTask();
                next = attempt is { IsFaulted: true, Exception.InnerException: InvalidOperationException } ? null : attempt;
            }

            Assert.CatchAsync<OperationCanceledException>(async () => await cancelled);
            sender.Send(new Tick { Number = round });
            Assert.That((await next).Number, Is.EqualTo(round));
            await cancelling;
        }
    }
}
