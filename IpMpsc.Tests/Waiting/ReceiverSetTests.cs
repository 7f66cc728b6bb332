using IpMpsc.Ring;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>Waiting for any of many receivers: blocking and asynchronous, by polling loops and by watching through the system.</summary>
[TestFixture(false)]
[TestFixture(true)]
[CancelAfter(60_000)]
public sealed class ReceiverSetTests(bool isWatched) : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 1024, MaxSenders = 2 };

    private readonly List<IReceiver> _receivers = [];

    [TearDown]
    public void CloseChannels()
    {
        _receivers.ForEach(receiver => receiver.Dispose());
        _receivers.Clear();
    }

    [Test]
    public void WithoutMessagesNoReceiverIsReturned([Values(0, 5)] int milliseconds)
    {
        using ReceiverSet set = Set(Ticks(), Notes());

        Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(milliseconds)), Is.Null);
    }

    [Test]
    public async Task TheReceiverWhoseMessageComesIsReturned([Values] bool isAsync, CancellationToken watchdog)
    {
        Receiver<Tick> ticks = Ticks();
        Receiver<Note> notes = Notes();
        ByteReceiver bytes = Bytes();
        using ReceiverSet set = Set(ticks, notes, bytes);
        using Sender<Tick> tickSender = Sender<Tick>.Open(ticks.Path);
        using Sender<Note> noteSender = Sender<Note>.Open(notes.Path);
        using ByteSender byteSender = ByteSender.Open(bytes.Path);
        for (int round = 0; round < 50; round++)
        {
            Task<IReceiver> first = Begin();
            tickSender.Send(new Tick { Number = round }, watchdog);
            Assert.That(await first, Is.SameAs(ticks));
            Assert.That(ticks.Receive(watchdog).Number, Is.EqualTo(round));

            Task<IReceiver> second = Begin();
            noteSender.Send(new Note { Text = "note" }, watchdog);
            Assert.That(await second, Is.SameAs(notes));
            Assert.That(notes.Receive(watchdog).Text, Is.EqualTo("note"));

            Task<IReceiver> third = Begin();
            byteSender.Send([1, 2, 3], watchdog);
            Assert.That(await third, Is.SameAs(bytes));
            Assert.That(bytes.Receive(watchdog), Has.Length.EqualTo(3));
        }

        Task<IReceiver> Begin() => BeginWait(set, isAsync, watchdog);
    }

    [Test]
    public void ABusyReceiverDoesNotHideTheOthers()
    {
        Receiver<Tick>[] ticks = [Ticks(), Ticks(), Ticks()];
        using ReceiverSet set = Set(ticks);
        foreach (Receiver<Tick> receiver in ticks)
        {
            using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
            sender.SendBatch(new Tick[10]);
        }

        for (int round = 0; round < 9; round++)
        {
            Assert.That(set.WaitAny(TimeSpan.Zero), Is.SameAs(ticks[round % 3]));
            ticks[round % 3].Receive();
        }
    }

    [Test]
    public async Task AThousandReceiversAreServed([Values] bool isAsync, CancellationToken watchdog)
    {
        const int Count = 1_000;
        Receiver<Tick>[] ticks = [.. Enumerable.Range(0, Count).Select(_ => Ticks())];
        using ReceiverSet set = Set(ticks);
        Assert.That(set.Count, Is.EqualTo(Count));
        for (int index = 0; index < Count; index += 37)
        {
            Task<IReceiver> found = BeginWait(set, isAsync, watchdog);
            using Sender<Tick> sender = Sender<Tick>.Open(ticks[index].Path);
            sender.Send(new Tick { Number = index }, watchdog);
            Assert.That(await found, Is.SameAs(ticks[index]));
            Assert.That(ticks[index].TryReceive(out Tick tick));
            Assert.That(tick.Number, Is.EqualTo(index));
        }
    }

    [Test]
    public async Task ReceiversJoinAndLeaveWhileItWaits([Values] bool isAsync, CancellationToken watchdog)
    {
        Receiver<Tick> first = Ticks();
        Receiver<Tick> second = Ticks();
        Receiver<Tick> third = Ticks();
        using ReceiverSet set = Set(first);
        using Sender<Tick> firstSender = Sender<Tick>.Open(first.Path);
        using Sender<Tick> secondSender = Sender<Tick>.Open(second.Path);
        Task<IReceiver> waiting = BeginWait(set, isAsync, watchdog);
        await UntilItWaits(set, isAsync, first, watchdog);

        set.Add(second);
        set.Add(third);
        Assert.That(set.Remove(first));
        firstSender.Send(new Tick { Number = 1 }, watchdog);
        Assert.That(first.Receive(watchdog).Number, Is.EqualTo(1), "The caller can use the receiver again.");
        third.Dispose();
        Assert.That(waiting.IsCompleted, Is.False);

        secondSender.Send(new Tick { Number = 2 }, watchdog);
        Assert.That(await waiting, Is.SameAs(second));
        Assert.That(set.Remove(first), Is.False);
        Assert.That(second.Receive(watchdog).Number, Is.EqualTo(2));
        Assert.That(set.WaitAny(TimeSpan.Zero), Is.Null);
        Assert.That(set.Count, Is.EqualTo(1), "A disposed receiver leaves by itself.");
        second.Dispose();
        Assert.That(set.Count, Is.Zero, "The receiver leaves at once; otherwise a loop until the set is empty would wait for ever.");
    }

    [Test]
    public async Task AnEmptySetWaitsForAReceiverToJoin([Values] bool isAsync, CancellationToken watchdog)
    {
        using ReceiverSet set = Set();
        Task<IReceiver> waiting = BeginWait(set, isAsync, watchdog);
        Receiver<Tick> receiver = Ticks();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(default, watchdog);

        set.Add(receiver);

        Assert.That(await waiting, Is.SameAs(receiver));
    }

    [Test]
    public async Task CancellingEndsTheWaitAndFreesTheReceivers([Values] bool isAsync, [Values(1, 300)] int count, CancellationToken watchdog)
    {
        Receiver<Tick>[] ticks = [.. Enumerable.Range(0, count).Select(_ => Ticks())];
        using ReceiverSet set = Set(ticks);
        for (int round = 0; round < 10; round++)
        {
            using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(watchdog);
            Task<IReceiver> waiting = BeginWait(set, isAsync, source.Token);
            await UntilItWaits(set, isAsync, ticks[^1], watchdog);

            await source.CancelAsync();

            Assert.CatchAsync<OperationCanceledException>(() => waiting);
            Assert.That(ticks, Has.None.Matches<Receiver<Tick>>(receiver => receiver.TryReceive(out _)));
        }
    }

    [Test]
    public async Task DisposingTheSetEndsTheWait([Values] bool isAsync, CancellationToken watchdog)
    {
        Receiver<Tick> receiver = Ticks();
        ReceiverSet set = Set(receiver);
        Task<IReceiver> waiting = BeginWait(set, isAsync, watchdog);
        await UntilItWaits(set, isAsync, receiver, watchdog);
        Assert.Throws<InvalidOperationException>(() => set.WaitAny(TimeSpan.Zero), "Only one call may wait at a time.");

        set.Dispose();

        Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Throws<ObjectDisposedException>(() => set.WaitAny(TimeSpan.Zero));
        Assert.That(receiver.TryReceive(out _), Is.False, "The receivers stay open.");
    }

    [Test]
    public async Task AReceiverWhoseSendersHaveLeftIsReturned([Values] bool isAsync, CancellationToken watchdog)
    {
        Receiver<Tick> ending = Ticks(new IpcChannelOptions { Capacity = 1024, EndWithSenders = true });
        using ReceiverSet set = Set(ending, Ticks());
        Sender<Tick>.Open(ending.Path).Dispose();

        Assert.That(await BeginWait(set, isAsync, watchdog), Is.SameAs(ending));
        Assert.Throws<ChannelCompletedException>(() => ending.Receive(watchdog));
    }

    [Test]
    public void AHeldMessageIsReportedInsteadOfWaiting()
    {
        Receiver<Tick> other = Ticks();
        Receiver<Tick> receiver = Ticks();
        using ReceiverSet set = Set(other, receiver);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(default);
        using (receiver.ReceiveInPlace())
        {
            Assert.Throws<InvalidOperationException>(() => set.WaitAny());
        }

        Assert.That(other.TryReceive(out _), Is.False, "The receivers that were checked before can be used again.");
        Assert.Throws<ArgumentException>(() => set.Add(other));
    }

    private static Task<IReceiver> BeginWait(ReceiverSet set, bool isAsync, CancellationToken cancellation) => isAsync
        ? set.WaitAnyAsync(cancellation).AsTask()
        : Background.Run(() => set.WaitAny(cancellation));

    /// <summary>Returns when a wait has begun; in the polling variant, when it uses the receiver.</summary>
    private async Task UntilItWaits(ReceiverSet set, bool isAsync, Receiver<Tick> receiver, CancellationToken watchdog)
    {
        while (isWatched && !isAsync ? !set.WaitsNow : !((IConsumerOwner)receiver).Consumer.IsInUse)
        {
            watchdog.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private ReceiverSet Set(params IReceiver[] receivers) => new(receivers) { WatchedFrom = isWatched ? 0 : int.MaxValue };

    private Receiver<Tick> Ticks(IpcChannelOptions? options = null) => Keep(Receiver<Tick>.Create(NextPath(), options ?? s_small));

    private Receiver<Note> Notes() => Keep(Receiver<Note>.Create(NextPath(), s_small));

    private ByteReceiver Bytes() => Keep(ByteReceiver.Create(NextPath(), s_small));

    private string NextPath() => Directory[$"channel-{_receivers.Count}"];

    private TReceiver Keep<TReceiver>(TReceiver receiver) where TReceiver : IReceiver
    {
        _receivers.Add(receiver);
        return receiver;
    }
}
