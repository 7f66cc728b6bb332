using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Conformance;

/// <summary>What a batch contains, when it ends, and what it leaves for the next call.</summary>
[CancelAfter(30_000)]
public sealed class ReceiveBatchTests
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(5);

    private readonly Tick[] _ticks = new Tick[8];
    private Receiver<Tick> _receiver = null!;
    private Sender<Tick> _sender = null!;

    [SetUp]
    public void CreateChannel()
    {
        _receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { Capacity = 4096 });
        _sender = Sender<Tick>.Open(_receiver.Path);
        SendAndReceive(2_000); // As in a program that has run for a while: the receiver is reserved for this thread.
    }

    [TearDown]
    public void DisposeChannel()
    {
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Test]
    public async Task NoRoomForMessagesIsNoWait()
    {
        Assert.That(_receiver.ReceiveBatch([]), Is.Zero);
        Assert.That(_receiver.TryReceiveBatch([]), Is.Zero);
        Assert.That(_receiver.TryReceiveBatch([], Timeout.InfiniteTimeSpan), Is.Zero);
        Assert.That(await _receiver.ReceiveBatchAsync(Memory<Tick>.Empty), Is.Zero);
    }

    [Test]
    public void ABatchIsWhatIsThere()
    {
        Send(0, 5);

        Assert.That(_receiver.ReceiveBatch(_ticks), Is.EqualTo(5));
        Expect(0, 5);
        Assert.That(_receiver.TryReceiveBatch(_ticks), Is.Zero);
        Assert.That(_receiver.TryReceiveBatch(_ticks, s_short), Is.Zero);
    }

    [Test]
    public void WhatDoesNotFitStays()
    {
        Send(0, 11);

        Assert.That(_receiver.TryReceiveBatch(_ticks), Is.EqualTo(8));
        Expect(0, 8);
        Assert.That(_receiver.TryReceiveBatch(_ticks, s_short), Is.EqualTo(3));
        Expect(8, 3);
    }

    [Test]
    public void ItsRoomIsFreeAgain()
    {
        int sent = 0;
        while (_sender.TrySend(new Tick { Number = sent }))
        {
            sent++;
        }

        Assert.That(_receiver.ReceiveBatch(_ticks), Is.EqualTo(8));
        for (int freed = 0; freed < 8; freed++)
        {
            Assert.That(_sender.TrySend(new Tick { Number = sent++ }), $"message {freed} in the room of the batch");
        }

        var rest = new Tick[sent];
        int received = 8;
        while (received < sent)
        {
            received += _receiver.ReceiveBatch(rest.AsSpan(received));
        }

        Assert.That(rest[8..].Select(static tick => tick.Number), Is.EqualTo(Enumerable.Range(8, sent - 8)));
    }

    [Test]
    public void ABatchGoesOnBehindTheEndOfALap()
    {
        var many = new Tick[100];
        for (int round = 0; round < 50; round++)
        {
            Send(0, 100);

            Assert.That(_receiver.ReceiveBatch(many), Is.EqualTo(100));
            Assert.That(many.Select(static tick => tick.Number), Is.EqualTo(Enumerable.Range(0, 100)));
        }
    }

    [Test]
    public void MessagesAndBytesAreCounted()
    {
        long before = IpcChannel.Inspect(_receiver.Path).MessagesReceived;
        Send(0, 6);

        _receiver.ReceiveBatch(_ticks);

        Assert.That(IpcChannel.Inspect(_receiver.Path).MessagesReceived - before, Is.EqualTo(6));
        Assert.That(_receiver.BytesUsed, Is.Zero);
    }

    [Test]
    public void MessagesOfVariableSizeComeInBatches()
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary();
        using Sender<Note> sender = Sender<Note>.Open(receiver.Path);
        for (int number = 0; number < 5; number++)
        {
            sender.Send(new Note { Number = number, Text = new string('x', number) });
        }

        var notes = new Note[8];
        Assert.That(receiver.ReceiveBatch(notes), Is.EqualTo(5));
        Assert.That(notes[..5].Select(static note => note.Text.Length), Is.EqualTo(Enumerable.Range(0, 5)));
    }

    [Test]
    public void AMessageThatCannotBeReceivedEndsTheBatchBeforeIt()
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary();
        using Sender<Note> sender = Sender<Note>.Open(receiver.Path);
        using RecordSender records = RecordSender.Open(receiver.Path);
        sender.Send(new Note { Number = 1, Text = "before" });
        records.Send(MessageIdOf<Note>(), schemaVersion: 0, []);
        sender.Send(new Note { Number = 2, Text = "behind" });

        var notes = new Note[8];
        Assert.That(receiver.ReceiveBatch(notes), Is.EqualTo(1));
        Assert.That(() => receiver.ReceiveBatch(notes), Throws.InstanceOf<MessageFormatException>());
        Assert.That(receiver.ReceiveBatch(notes), Is.EqualTo(1));
        Assert.That(notes[0].Text, Is.EqualTo("behind"));
    }

    [Test]
    public void TracedMessagesComeInBatches()
    {
        using Sender<Tick> traced = Sender<Tick>.Open(_receiver.Path, new IpcChannelOptions { TraceMessages = true });
        _sender.Send(new Tick { Number = 0 });
        traced.Send(new Tick { Number = 1 });
        _sender.Send(new Tick { Number = 2 });

        Assert.That(_receiver.ReceiveBatch(_ticks), Is.EqualTo(3));
        Expect(0, 3);
    }

    [Test]
    public void ABatchBehindAHeldMessageDoesNotReleaseIt()
    {
        Send(0, 4);
        HeldMessage<Tick> held = _receiver.Hold();

        Assert.That(_receiver.ReceiveBatch(_ticks), Is.EqualTo(3));
        Expect(1, 3);
        Assert.That(_receiver.BytesUsed, Is.GreaterThan(0), "The room of the held message, and of what is behind it, is not free.");

        held.Dispose();
        Assert.That(_receiver.BytesUsed, Is.Zero);
    }

    [Test]
    public void OnlyTheLatestMessagesAreInABatch()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { FullMode = FullMode.LatestOnly });
        receiver.LatestBy<Tick.View, long>(static tick => tick.Source);
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        for (int number = 0; number < 10; number++)
        {
            sender.Send(new Tick { Number = number, Source = number % 2 });
        }

        Assert.That(receiver.ReceiveBatch(_ticks), Is.EqualTo(2));
        Expect(8, 2);
    }

    [Test]
    public async Task TheFirstMessageEndsTheWait()
    {
        Task<int> blocking = Background.Run(() => _receiver.ReceiveBatch(_ticks));
        _sender.Send(new Tick { Number = 0 });
        Assert.That(blocking.Finish("The batch"), Is.EqualTo(1));

        ValueTask<int> pending = _receiver.ReceiveBatchAsync(_ticks);
        Assert.That(pending.IsCompleted, Is.False);
        _sender.Send(new Tick { Number = 1 });
        Assert.That(await pending, Is.EqualTo(1));
        Expect(1, 1);
    }

    [Test]
    public async Task WhatIsThereIsNotAwaited()
    {
        Send(0, 3);

        ValueTask<int> received = _receiver.ReceiveBatchAsync(_ticks);

        Assert.That(received.IsCompletedSuccessfully);
        Assert.That(await received, Is.EqualTo(3));
    }

    [Test]
    public void ACancelledTokenTakesNothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        Send(0, 2);

        Assert.That(() => _receiver.ReceiveBatch(_ticks, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => _receiver.TryReceiveBatch(_ticks, s_short, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await _receiver.ReceiveBatchAsync(_ticks, cancelled), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_receiver.TryReceiveBatch(_ticks), Is.EqualTo(2));
    }

    [Test]
    public void AMessageInHandIsReported()
    {
        Send(0, 2);
        using (_receiver.ReceiveInPlace())
        {
            InvalidOperationException? found = null;
            try
            {
                _receiver.ReceiveBatch(_ticks);
            }
            catch (InvalidOperationException failure)
            {
                found = failure;
            }

            Assert.That(found?.Message, Does.Contain("not been released"));
        }

        Assert.That(_receiver.ReceiveBatch(_ticks), Is.EqualTo(1));
    }

    [Test]
    public void ADisposedReceiverReceivesNoBatch()
    {
        Send(0, 2);
        _receiver.Dispose();

        Assert.That(() => _receiver.ReceiveBatch(_ticks), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => _receiver.TryReceiveBatch(_ticks), Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public void TheEndOfTheChannelIsReported()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { EndWithSenders = true });
        using (Sender<Tick> sender = Sender<Tick>.Open(receiver.Path))
        {
            sender.Send(new Tick { Number = 0 });
        }

        Assert.That(receiver.ReceiveBatch(_ticks), Is.EqualTo(1));
        Assert.That(() => receiver.ReceiveBatch(_ticks), Throws.InstanceOf<ChannelCompletedException>());
        Assert.That(receiver.TryReceiveBatch(_ticks, s_short), Is.Zero);
    }

    private static ushort MessageIdOf<T>() where T : struct, IChannelMessage<T> => T.MessageId;

    private void SendAndReceive(int count)
    {
        for (int number = 0; number < count; number++)
        {
            _sender.Send(new Tick { Number = number });
            _receiver.Receive();
        }
    }

    private void Send(int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            _sender.Send(new Tick { Number = number });
        }
    }

    private void Expect(int first, int count) =>
        Assert.That(_ticks[..count].Select(static tick => tick.Number), Is.EqualTo(Enumerable.Range(first, count)));
}
