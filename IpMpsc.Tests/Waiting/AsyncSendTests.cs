using System.Buffers;

namespace IpMpsc.Tests.Waiting;

/// <summary>Asynchronous sending: order, room, and every way in which a wait ends.</summary>
[CancelAfter(30_000)]
public sealed class AsyncSendTests
{
    /// <summary>Two records of a tick.</summary>
    private static readonly IpcChannelOptions s_small = new() { Capacity = 64 };

    [Test]
    public async Task WaitingSendsGoOutInTheOrderOfTheirCalls(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        ValueTask[] sends = [.. Enumerable.Range(0, 500).Select(number => sender.SendAsync(new Tick { Number = number }, watchdog))];
        Assert.That(sends.Count(send => send.IsCompleted), Is.EqualTo(2));

        for (int number = 0; number < sends.Length; number++)
        {
            Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(number));
        }

        foreach (ValueTask send in sends)
        {
            await send;
        }

        Assert.That(IpcChannel.Inspect(receiver.Path).Senders, Has.Count.EqualTo(1), "All waiting sends share one slot.");
    }

    [Test]
    public async Task AnExclusiveSenderWaitsAlone(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using ExclusiveSender<Tick> sender = ExclusiveSender<Tick>.Open(receiver.Path);
        await sender.SendAsync(new Tick { Number = 0 }, watchdog);
        await sender.SendAsync(new Tick { Number = 1 }, watchdog);
        ValueTask pending = sender.SendAsync(new Tick { Number = 2 }, watchdog);
        Assert.That(pending.IsCompleted, Is.False);
        Assert.ThrowsAsync<InvalidOperationException>(async () => await sender.SendAsync(new Tick { Number = 9 }, watchdog));

        Assert.That(receiver.Receive(watchdog).Number, Is.Zero);
        await pending;
        Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(1));
        Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(2));
    }

    [Test]
    public async Task ASendWaitsForASlotWithoutItsThread(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { MaxSenders = 1 });
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);

        await Begin();

        Assert.That(receiver.Receive(watchdog).Number, Is.EqualTo(1));

        ValueTask Begin()
        {
            using Claim<Tick> onlySlot = sender.Claim(watchdog);
            ValueTask waiting = sender.SendAsync(new Tick { Number = 1 }, watchdog);
            Assert.That(waiting.IsCompleted, Is.False);
            onlySlot.Abort();
            return waiting;
        }
    }

    [Test]
    public async Task CancellingTakesOneSendOutOfTheQueue(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(new Tick { Number = 0 }, watchdog);
        sender.Send(new Tick { Number = 1 }, watchdog);
        using CancellationTokenSource source = new();
        ValueTask second = sender.SendAsync(new Tick { Number = 2 }, watchdog);
        ValueTask third = sender.SendAsync(new Tick { Number = 3 }, source.Token);
        ValueTask fourth = sender.SendAsync(new Tick { Number = 4 }, watchdog);

        await source.CancelAsync();

        Assert.CatchAsync<OperationCanceledException>(async () => await third);
        Assert.That(second.IsCompleted || fourth.IsCompleted, Is.False);
        Assert.That(new[] { Next(), Next(), Next(), Next() }, Is.EqualTo(new[] { 0, 1, 2, 4 }));
        await second;
        await fourth;

        long Next() => receiver.Receive(watchdog).Number;
    }

    [Test]
    public void DisposingTheSenderEndsItsWaits()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(default);
        sender.Send(default);
        ValueTask first = sender.SendAsync(default);
        ValueTask second = sender.SendAsync(default);

        Task.Run(sender.Dispose);

        Assert.ThrowsAsync<ObjectDisposedException>(async () => await first);
        Assert.ThrowsAsync<ObjectDisposedException>(async () => await second);
        Assert.ThrowsAsync<ObjectDisposedException>(async () => await sender.SendAsync(default));
    }

    [Test]
    public void AWaitLearnsThatTheChannelIsGone()
    {
        Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(default);
        sender.Send(default);
        ValueTask pending = sender.SendAsync(default);

        receiver.Dispose();

        Assert.ThrowsAsync<ChannelRetiredException>(async () => await pending);
    }

    [Test]
    public void AWaitLearnsThatThereIsNoReceiver()
    {
        Receiver<Tick> receiver = Receiver<Tick>.Create($"async-{Guid.NewGuid():N}", s_small);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path, new IpcChannelOptions { FailWhenFullWithoutReceiver = true });
        sender.Send(default);
        sender.Send(default);
        ValueTask pending = sender.SendAsync(default);

        receiver.Dispose();

        Assert.ThrowsAsync<ReceiverGoneException>(async () => await pending);
        IpcChannel.Delete(receiver.Path, evenIfInUse: true);
    }

    [Test]
    public async Task AMessageThatCannotBeSentFailsAlone(CancellationToken watchdog)
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary(new IpcChannelOptions { Capacity = 128 });
        using Sender<Note> sender = Sender<Note>.Open(receiver.Path);
        sender.Send(new Note { Text = new string('x', 80) }, watchdog);
        ValueTask bad = sender.SendAsync(new Note { Text = "\ud800" }, watchdog);
        ValueTask large = sender.SendAsync(new Note { Text = new string('x', 200) }, watchdog);
        ValueTask good = sender.SendAsync(new Note { Text = new string('y', 80) }, watchdog);

        Assert.CatchAsync<ArgumentException>(async () => await bad);
        Assert.ThrowsAsync<MessageTooLargeException>(async () => await large);
        Assert.That(receiver.Receive(watchdog).Text[0], Is.EqualTo('x'));
        await good;
        Assert.That(receiver.Receive(watchdog).Text[0], Is.EqualTo('y'));
    }

    /// <summary>
    /// A caller that reclaims the bytes before they are sent harms only its own message: the claim is aborted.
    /// </summary>
    [Test]
    public async Task BytesThatAreTakenBackFailAlone(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.CreateTemporary(s_small);
        using ByteSender sender = ByteSender.Open(receiver.Path);
        sender.Send(new byte[48], watchdog);
        Loan loan = new();
        ValueTask lent = sender.SendAsync(loan.Memory, watchdog);
        ValueTask own = sender.SendAsync(new byte[] { 7 }, watchdog);
        loan.IsOver = true;

        Assert.That(receiver.Receive(watchdog), Has.Length.EqualTo(48));
        Assert.ThrowsAsync<ObjectDisposedException>(async () => await lent);
        await own;
        Assert.That(receiver.Receive(watchdog), Is.EqualTo(new byte[] { 7 }));
    }

    [Test]
    public async Task ManySendersAndOneReceiverLoseNothing(CancellationToken watchdog)
    {
        const int Senders = 8;
        const int Messages = 2_000;
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { Capacity = 256, EndWithSenders = true });
        using Sender<Tick> shared = Sender<Tick>.Open(receiver.Path);
        Task sending = Task.WhenAll(Enumerable.Range(0, Senders).Select(SendAll));
        long[] next = new long[Senders];
        for (int count = 0; count < Senders * Messages; count++)
        {
            Tick tick = await receiver.ReceiveAsync(watchdog);
            Assert.That(tick.Number, Is.EqualTo(next[tick.Source]++));
        }

        await sending;

        async Task SendAll(int source)
        {
            using ExclusiveSender<Tick> exclusive = ExclusiveSender<Tick>.Open(receiver.Path);
            for (int number = 0; number < Messages; number++)
            {
                Tick tick = new() { Number = number, Source = source };
                await (source % 2 == 0 ? shared.SendAsync(tick, watchdog) : exclusive.SendAsync(tick, watchdog));
            }
        }
    }

    /// <summary>Memory that its owner can reclaim.</summary>
    private sealed class Loan : MemoryManager<byte>
    {
        private readonly byte[] _bytes = new byte[16];

        public bool IsOver { get; set; }

        public override Memory<byte> Memory => CreateMemory(_bytes.Length);

        public override Span<byte> GetSpan() => IsOver ? throw new ObjectDisposedException(nameof(Loan)) : _bytes;

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
