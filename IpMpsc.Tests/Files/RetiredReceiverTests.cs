using System.Threading.Channels;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Files;

/// <summary>A receiver whose channel is deleted gets everything that was sent, and is then told that nothing more will come.</summary>
[CancelAfter(60_000)]
public sealed class RetiredReceiverTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 1024, MaxSenders = 4 };

    private Receiver<Tick> _receiver = null!;
    private Sender<Tick> _sender = null!;
    private SegmentWords _words = null!;

    [SetUp]
    public void CreateChannel()
    {
        _receiver = Receiver<Tick>.Create(ChannelPath, s_small);
        _sender = Sender<Tick>.Open(ChannelPath);
        _words = new SegmentWords(ChannelPath);
    }

    [TearDown]
    public void CloseChannel()
    {
        _words.Dispose();
        _sender.Dispose();
        _receiver.Dispose();
    }

    [Test]
    public void ReceiverThatSleepsIsTold()
    {
        Task<Failure> told = Background.Run(() => Failure.Of(() => _receiver.Receive()));
        _words.AwaitSleepingReceiver();

        DeleteElsewhere();

        told.Finish("Receiving").Expect<ChannelRetiredException>(ChannelPath, "was deleted", "OpenOrCreate");
    }

    /// <summary>The receiver is paused when the channel is deleted, so only the deleter can have lowered its signal.</summary>
    [Test]
    public void DeleterWakesTheReceiver()
    {
        string path = Directory["elsewhere"];
        ByteReceiver.Create(path, s_small).Dispose();
        using SegmentWords words = new(path);
        using PeerProcess receiver = PeerProcess.Start("receiver", "Bytes", path);
        receiver.Expect("open");
        receiver.Say("receive");
        do
        {
            receiver.Continue();
            words.AwaitSleepingReceiver();
            receiver.Stop();
        }
        while (!words.ReceiverSleeps); // It was stopped between two sleeps.

        DeleteElsewhere(path);

        Assert.That(words.ReceiverSleeps, Is.False);
        receiver.Continue();
        receiver.ExpectExit(ExitCode.Channel);
    }

    [Test]
    public void EverythingThatWasSentIsReceivedFirst()
    {
        for (int number = 0; number < 20; number++)
        {
            _sender.Send(new Tick { Number = number });
        }

        DeleteElsewhere();

        for (int number = 0; number < 20; number++)
        {
            Assert.That(_receiver.Receive().Number, Is.EqualTo(number));
        }

        ExpectRetired(() => _receiver.Receive());
        ExpectRetired(() => _receiver.Receive());
        ExpectRetired(() => _receiver.ReceiveInPlace().Dispose());
        ExpectRetired(() => _receiver.TryReceive(out _, TimeSpan.Zero));
        ExpectRetired(() => _receiver.TryReceive(out _, TimeSpan.FromSeconds(30)));
        ExpectRetired(() => _receiver.ReadAll().GetEnumerator().MoveNext());
        Assert.That(_receiver.TryReceive(out _), Is.False, "Trying only asks for a message, so it does not throw.");
        Assert.That(_receiver.Drain(_ => { }), Is.Zero);
        Assert.That(_receiver.SkipCorrupt(), Is.Zero);
        using ByteReceiver successor = ByteReceiver.OpenOrCreate(ChannelPath);
        ExpectUsable(successor);
    }

    [Test]
    public void ClaimOfALivingSenderIsWaitedFor([Values] bool isCommitted)
    {
        using Claim<Tick> claim = _sender.Claim();
        DeleteElsewhere();
        List<long> received = [];
        Task<Failure> told = Background.Run(() => Failure.Of(() =>
        {
            while (true)
            {
                received.Add(_receiver.Receive().Number);
            }
        }));
        _words.AwaitSleepingReceiver();
        Assert.That(told.IsCompleted, Is.False);

        claim.Writer.Number = 7;
        if (isCommitted)
        {
            claim.Commit();
        }
        else
        {
            claim.Dispose();
        }

        told.Finish("Receiving").Expect<ChannelRetiredException>(ChannelPath);
        Assert.That(received, Is.EqualTo(isCommitted ? new[] { 7L } : []));
    }

    [Test]
    public void GapOfADeadSenderIsSkipped()
    {
        string path = Directory["gap"];
        using ByteReceiver receiver = ByteReceiver.Create(path, s_small);
        using PeerProcess dead = PeerProcess.Start(CrashOrder.Kill("commit.stamp", 2), "sender", "Bytes", "Shared", path);
        dead.Expect("open");
        using ByteSender living = ByteSender.Open(path);
        dead.Say($"send {new Probe(0, 0, 16)}");
        dead.Expect("ok");
        dead.Say($"send {new Probe(0, 1, 16)}");
        dead.ExpectKilled();
        living.Send([1]);

        DeleteElsewhere(path);

        Assert.That(ByteProbe.Verify(receiver.Receive()).Sequence, Is.Zero);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
        Failure.Of(() => receiver.Receive()).Expect<ChannelRetiredException>(path);
        Assert.That(receiver.TryReceive(new byte[1], out _), Is.False);
    }

    /// <summary>It has checked the mark and has not claimed yet: either its message is received, or it is told that it was not sent.</summary>
    [Test]
    public void SenderThatWasAboutToClaimLosesNothing([Values] bool isInTime)
    {
        string path = Directory["late"];
        using ByteReceiver receiver = ByteReceiver.Create(path, s_small);
        using PeerProcess sender = PeerProcess.Start(CrashOrder.Stop("claim.cas-tail"), "sender", "Bytes", "Shared", path);
        sender.Expect("open");
        sender.Say($"send {new Probe(0, 0, 16)}");
        sender.AwaitStopped();
        DeleteElsewhere(path);

        if (isInTime)
        {
            sender.Continue();
            sender.Expect("ok");
            Assert.That(ByteProbe.Verify(receiver.Receive()).Sequence, Is.Zero);
        }

        Failure.Of(() => receiver.Receive()).Expect<ChannelRetiredException>(path);
        if (!isInTime)
        {
            sender.Continue();
            Assert.That(sender.Listen(), Does.StartWith($"throw {nameof(ChannelRetiredException)} "));
        }

        sender.Say("close");
        sender.ExpectExit(ExitCode.Success);
    }

    [Test]
    public async Task AsynchronousWaitsEnd([Values] bool isSentBefore, CancellationToken watchdog)
    {
        ValueTask<Tick> receiving = _receiver.ReceiveAsync(watchdog);
        if (isSentBefore)
        {
            _sender.Send(new Tick { Number = 5 }, watchdog);
            Assert.That((await receiving).Number, Is.EqualTo(5));
            receiving = _receiver.ReceiveAsync(watchdog);
        }

        _words.AwaitSleepingReceiver();
        DeleteElsewhere();

        Assert.ThrowsAsync<ChannelRetiredException>(async () => await receiving);
        Assert.ThrowsAsync<ChannelRetiredException>(async () => await _receiver.WaitToReceiveAsync(watchdog));
        Assert.ThrowsAsync<ChannelRetiredException>(async () => await _receiver.ReceiveAsync(watchdog));
    }

    [Test]
    public void AsynchronousLoopEndsBehindTheLastMessage(CancellationToken watchdog)
    {
        List<long> received = [];
        Task loop = Task.Run(
            async () =>
            {
                await foreach (Tick tick in _receiver.ReadAllAsync(watchdog))
                {
                    received.Add(tick.Number);
                }
            },
            watchdog);
        _words.AwaitSleepingReceiver();
        _sender.Send(new Tick { Number = 1 }, watchdog);
        _sender.Send(new Tick { Number = 2 }, watchdog);
        DeleteElsewhere();

        Assert.ThrowsAsync<ChannelRetiredException>(async () => await loop);
        Assert.That(received, Is.EqualTo(new[] { 1L, 2L }));
    }

    [Test]
    public async Task SetReturnsARetiredReceiver([Values] bool isAsync, CancellationToken watchdog)
    {
        using Receiver<Tick> other = Receiver<Tick>.CreateTemporary(s_small);
        using ReceiverSet set = new(other, _receiver);
        Task<IReceiver> waiting = isAsync
            ? set.WaitAnyAsync(watchdog).AsTask()
            : Background.Run(() => set.WaitAny(watchdog));
        _words.AwaitSleepingReceiver();

        DeleteElsewhere();

        Assert.That(await waiting, Is.SameAs(_receiver));
        ExpectRetired(() => _receiver.Receive(watchdog));
        Assert.That(set.WaitAny(watchdog), Is.SameAs(_receiver), "The receiver stays ready until it is removed.");
        set.Remove(_receiver);
        Assert.That(set.WaitAny(TimeSpan.Zero, watchdog), Is.Null);
    }

    [Test]
    public async Task ChannelReaderFails([Values] bool reads, CancellationToken watchdog)
    {
        ChannelReader<Tick> reader = _receiver.AsChannelReader();
        Task waiting = reads ? reader.ReadAsync(watchdog).AsTask() : reader.WaitToReadAsync(watchdog).AsTask();
        _words.AwaitSleepingReceiver();

        DeleteElsewhere();

        Exception? failure = await Task.WhenAny(waiting).ContinueWith(_ => waiting.Exception!.InnerException, watchdog);
        Assert.That(reads ? failure!.InnerException : failure, Is.TypeOf<ChannelRetiredException>());
        Assert.That(failure is ChannelClosedException, Is.EqualTo(reads));
        Assert.ThrowsAsync<ChannelRetiredException>(async () => await reader.Completion);
    }

    [Test]
    public void ReceiverThatDeletesItsChannelItselfWasDisposed([Values] bool isAsync, CancellationToken watchdog)
    {
        using Receiver<Tick> temporary = Receiver<Tick>.CreateTemporary(s_small);
        using SegmentWords words = new(temporary.Path);
        Task waiting = isAsync
            ? temporary.ReceiveAsync(watchdog).AsTask()
            : Background.Run(() => temporary.Receive(watchdog));
        words.AwaitSleepingReceiver();

        temporary.Dispose();

        Assert.ThrowsAsync<ObjectDisposedException>(async () => await waiting);
        Assert.That(IpcChannel.Exists(temporary.Path), Is.False);
    }

    /// <summary>A receiver that ends with its senders is told of the deletion, because the deletion cut the senders off.</summary>
    [Test]
    public void DeletionIsReportedBeforeTheEndOfAllSenders()
    {
        string path = Directory["ending"];
        using ByteReceiver receiver = ByteReceiver.Create(path, new IpcChannelOptions { EndWithSenders = true });
        ByteSender.Open(path).Dispose();
        Assert.That(receiver.IsCompleted);

        DeleteElsewhere(path);

        Failure.Of(() => receiver.Receive()).Expect<ChannelRetiredException>(path);
        Assert.That(receiver.IsCompleted);
    }

    [Test]
    public void OnlookerFindsNothingWrong()
    {
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        _sender.Send(new Tick { Number = 1 });
        Assert.That(_receiver.TryReceive(out _));
        DeleteElsewhere();
        ExpectRetired(() => _receiver.Receive());

        Assert.That(observer.Inspect().Head, Is.EqualTo(HeadState.Ready));
        Assert.That(observer.Peek().Messages, Is.Empty);
        Assert.That(observer.Peek().CorruptPosition, Is.Null);
        ExpectRetired(() => _sender.Send(default));
    }

    private void DeleteElsewhere(string? path = null)
    {
        using PeerProcess deleter = PeerProcess.Start("file", "delete-in-use", path ?? ChannelPath);
        deleter.Expect("done");
        deleter.Say("leave");
        deleter.ExpectExit(ExitCode.Success);
    }

    private void ExpectRetired(Action call) => Failure.Of(call).Expect<ChannelRetiredException>(ChannelPath);
}
