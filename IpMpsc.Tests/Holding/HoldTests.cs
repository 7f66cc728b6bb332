#pragma warning disable IPM0048 // Some tests end while the receiver holds messages.
using IpMpsc.Schemas;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Holding;

/// <summary>Messages stay in the ring while others are received, and are released in any order.</summary>
[CancelAfter(30_000)]
public sealed class HoldTests : ChannelFixture
{
    /// <summary>Bytes of a tick in the ring.</summary>
    private const int Record = 32;

    private Receiver<Tick> _receiver = null!;
    private Sender<Tick> _sender = null!;
    private SegmentWords _words = null!;

    [SetUp]
    public void Open()
    {
        _receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { Capacity = 8 * Record });
        _sender = Sender<Tick>.Open(ChannelPath);
        _words = new SegmentWords(ChannelPath);
    }

    [TearDown]
    public void Close()
    {
        _words.Dispose();
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Test]
    public void HeldMessagesAreReadWhileOthersAreReceived()
    {
        Send(0, 4);
        HeldMessage<Tick> first = _receiver.Hold();
        Assert.That(_receiver.TryHold(out HeldMessage<Tick> second));
        Assert.That(_receiver.Receive().Number, Is.EqualTo(2));
        Assert.That(_receiver.TryHold(out HeldMessage<Tick> fourth, TimeSpan.FromSeconds(10)));

        Assert.That((first.View.Number, second.Read().Number, fourth.View.Number), Is.EqualTo((0L, 1L, 3L)));
        Assert.That(_receiver.HeldMessages, Is.EqualTo(3));
        Assert.That((first.Position, second.Position, fourth.Position), Is.EqualTo((0L, 1L * Record, 3L * Record)));
        Assert.That(_receiver.NextPosition, Is.EqualTo(4 * Record));
        Assert.That(_receiver.TryHold(out _), Is.False);
    }

    [Test]
    public void RoomGoesBackWhenEverythingBeforeItIsReleased()
    {
        Send(0, 8);
        HeldMessage<Tick>[] held = HoldAll();
        Assert.That(_sender.TrySend(default), Is.False, "the ring is full of held messages");

        held[1].Dispose();
        held[2].Dispose();
        Assert.That((_words.Head, _words.MessagesReceived), Is.EqualTo((0L, 0L)));
        Assert.That(_sender.TrySend(default), Is.False, "the first one is held");

        held[0].Dispose();
        Assert.That((_words.Head, _words.MessagesReceived), Is.EqualTo((3L * Record, 3L)), "counted when the room goes back");
        Send(8, 3);
        Assert.That(_sender.TrySend(default), Is.False);
        Assert.That(held[3..].Select(message => message.View.Number), Is.EqualTo(new long[] { 3, 4, 5, 6, 7 }));
    }

    [Test]
    public void MessageReceivedBehindAHeldOneIsFreedWithIt()
    {
        Send(0, 4);
        HeldMessage<Tick> first = _receiver.Hold();
        Assert.That(_receiver.Receive().Number, Is.EqualTo(1));
        using (ReceivedMessage<Tick> inPlace = _receiver.ReceiveInPlace())
        {
            Assert.That(inPlace.View.Number, Is.EqualTo(2));
        }

        Assert.That((_words.Head, _words.MessagesReceived), Is.EqualTo((0L, 0L)));
        first.Dispose();
        Assert.That((_words.Head, _words.MessagesReceived), Is.EqualTo((3L * Record, 3L)));
        Assert.That(_receiver.Drain(_ => { }), Is.EqualTo(1));
        Assert.That((_words.Head, _words.MessagesReceived), Is.EqualTo((4L * Record, 4L)));
    }

    [Test]
    public void ASenderThatSleepsIsWokenByARelease(CancellationToken watchdog)
    {
        Send(0, 8);
        HeldMessage<Tick>[] held = HoldAll();
        Task sending = Background.Run(() => _sender.Send(new Tick { Number = 8 }, watchdog));
        _words.AwaitSleepingSender();

        Task.Run(held[0].Dispose, watchdog).Finish("Releasing on another thread");
        sending.Finish("Sending into the room of the message that was released");
    }

    [Test]
    public void ASendThatWasCancelledSaysWhoHoldsTheRoom([Values] bool isAsync)
    {
        Send(0, 8);
        HeldMessage<Tick>[] held = HoldAll();
        using CancellationTokenSource source = new();
        Task sending = isAsync
            ? _sender.SendAsync(default, source.Token).AsTask()
            : Background.Run(() => _sender.Send(default, source.Token));
        _words.AwaitSleepingSender();
        source.Cancel();

        OperationCanceledException? cancelled = Assert.CatchAsync<OperationCanceledException>(async () => await sending);
        Assert.That(
            cancelled!.Message,
            Does.Contain("256 of its 256 bytes are in use, 256 of them by 8 messages").And.Contain($"(process {Environment.ProcessId})"));
        Assert.That(cancelled.CancellationToken, Is.EqualTo(source.Token));
        Array.ForEach(held, message => message.Dispose());
    }

    [Test]
    public void UseAfterReleaseIsDetectedAndASecondReleaseDoesNothing()
    {
        Send(0, 2);
        HeldMessage<Tick> message = _receiver.Hold();
        HeldMessage<Tick> copy = message;
        ReadOnlyMemory<byte> memory = message.Memory;
        Assert.That(memory.Span.SequenceEqual(message.Payload));
        Assert.That(memory.Length, Is.EqualTo(16));
        Assert.That(message.IsHeld && copy == message);

        message.Dispose();
        HeldMessage<Tick> next = _receiver.Hold();
        copy.Dispose();
        message.Dispose();

        Assert.That(next.IsHeld, "a second release must not release another message");
        Assert.That((message.IsHeld, copy.IsHeld, default(HeldMessage<Tick>).IsHeld), Is.EqualTo((false, false, false)));
        Assert.Throws<ObjectDisposedException>(() => message.Read());
        Assert.Throws<ObjectDisposedException>(() => _ = copy.Payload.Length);
        Assert.Throws<ObjectDisposedException>(() => _ = memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        default(HeldMessage<Tick>).Dispose();
        Assert.Throws<ObjectDisposedException>(() => default(HeldMessage<Tick>).Read());
    }

    [Test]
    public void ABatchIsReleasedAtOnce()
    {
        Send(0, 6);
        HeldMessage<Tick>[] held = HoldAll();
        Assert.That(_receiver.ReleaseThrough(held[2].Position), Is.EqualTo(3));
        Assert.That(held.Select(message => message.IsHeld), Is.EqualTo(new[] { false, false, false, true, true, true }));
        Assert.That(_words.Head, Is.EqualTo(3 * Record));
        held[4].Dispose();
        Assert.That(_receiver.ReleaseThrough(_receiver.NextPosition), Is.EqualTo(2));
        Assert.That((_words.Head, _words.MessagesReceived, _receiver.HeldMessages), Is.EqualTo((6L * Record, 6L, 0)));
        Assert.That(_receiver.ReleaseThrough(long.MaxValue), Is.Zero);
    }

    [Test]
    public void RewindingGivesEverythingAgainThatIsNotReleased()
    {
        Send(0, 6);
        HeldMessage<Tick>[] held = HoldAll();
        held[0].Dispose();
        held[3].Dispose();
        _receiver.Rewind();

        Assert.That(held.Any(message => message.IsHeld), Is.False);
        Assert.That(_receiver.HeldMessages, Is.Zero);
        HeldMessage<Tick> second = _receiver.Hold();
        Assert.That(second.View.Number, Is.EqualTo(1));
        held[1].Dispose();
        Assert.That(second.IsHeld, "an old handle stays invalid, although its message is held again");
        for (int number = 2; number < 6; number++)
        {
            Assert.That(_receiver.Receive().Number, Is.EqualTo(number));
        }

        second.Dispose();
        Assert.That((_words.Head, _words.MessagesReceived), Is.EqualTo((6L * Record, 6L)), "each message counts once");
        _receiver.Rewind();
        Assert.That(_receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void AReceiverLeavesAfterItsLastMessageIsReleased()
    {
        Send(0, 2);
        HeldMessage<Tick>[] held = HoldAll();
        _receiver.Dispose();

        Assert.That(held[1].View.Number, Is.EqualTo(1), "what is held stays readable");
        Assert.Throws<ChannelInUseException>(() => Receiver<Tick>.Open(ChannelPath));
        held[0].Dispose();
        Task.Run(held[1].Dispose).Finish("Releasing on another thread");

        Assert.Throws<ObjectDisposedException>(() => held[1].Read());
        using Receiver<Tick> successor = Receiver<Tick>.Open(ChannelPath);
        Assert.That(successor.TryReceive(out _), Is.False, "everything was released");
    }

    [Test]
    public void ManyMoreMessagesAreHeldThanTheReceiverHadRoomFor()
    {
        const int Count = 5_000;
        using ByteReceiver receiver = ByteReceiver.CreateTemporary(new IpcChannelOptions { Capacity = 1 << 20 });
        using ByteSender sender = ByteSender.Open(receiver.Path);
        List<HeldBytes> held = [];
        for (int number = 0; number < Count; number++)
        {
            sender.Send(BitConverter.GetBytes(number));
            held.Add(receiver.Hold());
        }

        int[] order = [.. Enumerable.Range(0, Count)];
        Random random = new(17);
        random.Shuffle(order);
        foreach (int index in order)
        {
            Assert.That(BitConverter.ToInt32(held[index].Payload), Is.EqualTo(index));
            held[index].Dispose();
        }

        Assert.That((receiver.HeldMessages, IpcChannel.Inspect(receiver.Path).BytesUsed), Is.EqualTo((0, 0L)));
    }

    [Test]
    public async Task HoldingWorksAcrossAwaits(CancellationToken watchdog)
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary(new IpcChannelOptions { Capacity = 1024, EndWithSenders = true });
        Task sending = Task.Run(
            async () =>
            {
                using Sender<Note> sender = Sender<Note>.Open(receiver.Path);
                for (int number = 0; number < 1_000; number++)
                {
                    await sender.SendAsync(new Note { Number = number, Text = $"note {number}" }, watchdog);
                }
            },
            watchdog);

        Queue<Task> working = [];
        long expected = 0;
        await foreach (HeldMessage<Note> message in receiver.HoldAllAsync(watchdog))
        {
            long number = expected++;
            working.Enqueue(Task.Run(
                async () =>
                {
                    await Task.Yield();
                    using (message)
                    {
                        Assert.That((message.View.Number, message.Read().Text), Is.EqualTo((number, $"note {number}")));
                    }
                },
                watchdog));
            while (working.Count > 3)
            {
                await working.Dequeue();
            }
        }

        await Task.WhenAll(working);
        await sending;
        Assert.That(expected, Is.EqualTo(1_000));
        Assert.That(receiver.HeldMessages, Is.Zero);
    }

    [Test]
    public async Task AnAsynchronousHoldWaits(CancellationToken watchdog)
    {
        ValueTask<HeldMessage<Tick>> pending = _receiver.HoldAsync(watchdog);
        Assert.That(pending.IsCompleted, Is.False);
        Send(7, 1);
        using HeldMessage<Tick> message = await pending;
        Assert.That(message.View.Number, Is.EqualTo(7));

        ValueTask<bool> next = _receiver.WaitToReceiveAsync(watchdog);
        Assert.That(next.IsCompleted, Is.False, "what is held does not count as waiting");
        Send(8, 1);
        Assert.That(await next);
        await foreach (Tick tick in _receiver.ReadAllAsync(watchdog))
        {
            Assert.That(tick.Number, Is.EqualTo(8));
            break;
        }
    }

    [Test]
    public void ASetLooksBehindWhatItsReceiversHold()
    {
        using ReceiverSet set = new(_receiver);
        Send(0, 1);
        Assert.That(set.WaitAny(TimeSpan.FromSeconds(10)), Is.SameAs(_receiver));
        using HeldMessage<Tick> held = _receiver.Hold();
        Assert.That(set.WaitAny(TimeSpan.Zero), Is.Null);
        Send(1, 1);
        Assert.That(set.WaitAny(TimeSpan.FromSeconds(10)), Is.SameAs(_receiver));
        Assert.That(_receiver.Receive().Number, Is.EqualTo(1));
    }

    [Test]
    public void RecordsOfUnknownTypeAreHeld()
    {
        Send(0, 2);
        _receiver.Dispose();
        using RecordReceiver receiver = RecordReceiver.Open(ChannelPath);
        using HeldRecord first = receiver.Hold();
        using HeldRecord second = receiver.Hold();
        Assert.That((first.MessageId, BitConverter.ToInt64(second.Payload)), Is.EqualTo((SchemaDocument.Parse(receiver.Schema).Messages[0].Id, 1L)));
        Assert.That(second.PayloadOf<Tick>().Length, Is.EqualTo(16));
        Assert.Throws<InvalidOperationException>(() => first.PayloadOf<Note>());
    }

    [Test]
    public void AnInspectionSaysWhatIsHeldSinceWhen()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        Send(0, 5);
        HeldMessage<Tick>[] held = [_receiver.Hold(), _receiver.Hold()];
        Assert.That(_receiver.Receive().Number, Is.EqualTo(2));

        ChannelInfo info = IpcChannel.Inspect(ChannelPath);
        Assert.That((info.HeldMessages, info.HeldBytes), Is.EqualTo((2L, 3L * Record)));
        Assert.That(info.HeldSince, Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That((info.HeadPosition, info.NextPosition, info.Head), Is.EqualTo((0L, 3L * Record, HeadState.Ready)));

        Assert.That(_receiver.Drain(_ => { }), Is.EqualTo(2));
        Assert.That(IpcChannel.Inspect(ChannelPath).Head, Is.EqualTo(HeadState.Empty), "everything was received, although nothing is free");
        Array.ForEach(held, message => message.Dispose());
        info = IpcChannel.Inspect(ChannelPath);
        Assert.That((info.HeldMessages, info.HeldBytes, info.HeldSince, info.BytesUsed), Is.EqualTo((0L, 0L, (DateTimeOffset?)null, 0L)));
    }

    [Test]
    public void AChannelDeletedUnderHeldMessagesEnds()
    {
        Send(0, 3);
        HeldMessage<Tick> first = _receiver.Hold();
        IpcChannel.Delete(ChannelPath, evenIfInUse: true);
        Assert.That(_receiver.Receive().Number, Is.EqualTo(1));
        HeldMessage<Tick> third = _receiver.Hold();

        Assert.Throws<ChannelRetiredException>(() => _receiver.Receive());
        Assert.Throws<ChannelRetiredException>(() => _sender.Send(default));
        Assert.That((first.View.Number, third.View.Number), Is.EqualTo((0L, 2L)));
        first.Dispose();
        Assert.That(_words.MessagesReceived, Is.EqualTo(2));
        Assert.That(_words.Tail - _words.Head, Is.EqualTo(8 * Record), "a channel that has ended frees no room");

        _receiver.Rewind();
        Assert.That(_receiver.Receive().Number, Is.EqualTo(2));
        Assert.Throws<ChannelRetiredException>(() => _receiver.Receive());
    }

    [Test]
    public void SendWhenEmptyWaitsForTheRelease()
    {
        Send(0, 1);
        HeldMessage<Tick> held = _receiver.Hold();
        Assert.That(_sender.TrySendWhenEmpty(default, TimeSpan.Zero), Is.False);
        held.Dispose();
        Assert.That(_sender.TrySendWhenEmpty(default, TimeSpan.FromSeconds(10)));
    }

    private void Send(int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            Assert.That(_sender.TrySend(new Tick { Number = number }), $"room for {number}");
        }
    }

    private HeldMessage<Tick>[] HoldAll()
    {
        List<HeldMessage<Tick>> held = [];
        while (_receiver.TryHold(out HeldMessage<Tick> message))
        {
            held.Add(message);
        }

        return [.. held];
    }
}
