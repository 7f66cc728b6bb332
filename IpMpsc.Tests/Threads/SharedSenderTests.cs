using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Threads;

/// <summary>One sender, many threads.</summary>
[TestFixture(ProbeKind.Fixed)]
[TestFixture(ProbeKind.Variable)]
[TestFixture(ProbeKind.Bytes)]
public sealed class SharedSenderTests(ProbeKind kind) : ChannelFixture
{
    private const int Threads = 8;

    /// <summary>With one or two slots for eight threads, most of them wait for a slot most of the time.</summary>
    [Test]
    public void EveryThreadsOrderIsKept([Values(1, 2, 64)] int slots, [Values(SendWay.Send, SendWay.Claim, SendWay.TrySend)] SendWay way)
    {
        const int count = 5_000;
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 1 << 14, MaxSenders = slots });
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        Task[] sending = [.. Enumerable.Range(0, Threads).Select(thread => Background.Run(
            () => sender.Stream(new ProbeStream(kind, thread, count, way, 0, 200))))];

        ProbeLedger ledger = new();
        receiver.ReceiveMany(Threads * count, ReceiveWay.InPlace, ledger);

        Task.WhenAll(sending).Finish("The threads");
        ledger.RequireComplete(Threads, count);
        Assert.That(IpcChannel.Inspect(ChannelPath).Senders, Has.Count.LessThanOrEqualTo(slots));
    }

    /// <summary>
    /// A thread that has sent alone for a long time takes the only producer without an interlocked operation, until another
    /// thread comes. In each round, that thread comes at a different moment of a send.
    /// </summary>
    [Test]
    public void ASecondThreadMaySendAtAnyMoment([Values(1, 64)] int slots)
    {
        const int alone = 1_100;
        const int together = 100;
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 1 << 20, MaxSenders = slots });
        for (int round = 0; round < 100; round++)
        {
            using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
            sender.Stream(new ProbeStream(kind, 0, alone, SendWay.Send, 0, 8));
            Task other = Background.Run(() => sender.Stream(new ProbeStream(kind, 1, together, SendWay.Send, 0, 8)));
            sender.Stream(new ProbeStream(kind, 2, together, SendWay.Send, 0, 8));

            ProbeLedger ledger = new();
            receiver.ReceiveMany(alone + (2 * together), ReceiveWay.InPlace, ledger);

            other.Finish("The other thread");
            Assert.That(ledger.NextOf(0), Is.EqualTo(alone));
            Assert.That(ledger.NextOf(1), Is.EqualTo(together));
            Assert.That(ledger.NextOf(2), Is.EqualTo(together));
        }

        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void BatchesOfOneClaimStayTogether()
    {
        Assume.That(kind, Is.Not.EqualTo(ProbeKind.Bytes), "Raw bytes have no batches.");
        const int batches = 200;
        const int size = 10;
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 1 << 20 });
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        Task[] sending = [.. Enumerable.Range(0, 4).Select(thread => Background.Run(() =>
        {
            for (int batch = 0; batch < batches; batch++)
            {
                sender.SendBatch([.. Enumerable.Range(batch * size, size).Select(sequence => kind.Probe(thread, sequence))]);
            }
        }))];

        // Everything fits the ring, so no batch is split by the end of a lap.
        Task.WhenAll(sending).Finish("The threads");
        for (int batch = 0; batch < 4 * batches; batch++)
        {
            Probe first = receiver.Receive();
            Assert.That(first.Sequence % size, Is.Zero);
            for (int next = 1; next < size; next++)
            {
                Assert.That(receiver.Receive(), Is.EqualTo(first with { Sequence = first.Sequence + next }));
            }
        }
    }

    [Test]
    public void ThreadWithoutASlotWaitsForOne()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        Task waiting = null!;

        sender.Claim(kind.Probe(0, 0), ClaimEnd.Commit, () =>
        {
            Assert.That(sender.TrySend(kind.Probe(1, 7)), Is.False, "The only slot holds a claim.");
            Assert.That(sender.TrySend(kind.Probe(1, 7), TimeSpan.FromMilliseconds(5)), Is.False);
            waiting = Background.Run(() => sender.Send(kind.Probe(1, 0)));
        });

        waiting.Finish("The thread that waited for the slot");
        Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(0, 0)));
        Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(1, 0)));
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void WaitForASlotIsCancelled()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        using CancellationTokenSource cancellation = new();

        sender.Claim(kind.Probe(0, 0), ClaimEnd.Commit, () =>
        {
            Task<Failure> waiting = Background.Run(() => Failure.Of(() => sender.Send(kind.Probe(1, 0), cancellation.Token)));
            cancellation.Cancel();
            waiting.Finish("The cancelled thread").Expect<OperationCanceledException>();
        });

        Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(0, 0)));
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void WaitForASlotEndsWithTheSender()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);

        sender.Claim(kind.Probe(0, 0), ClaimEnd.Commit, () =>
        {
            Task<Failure> waiting = Background.Run(() => Failure.Of(() => sender.Send(kind.Probe(1, 0))));
            sender.Dispose();
            waiting.Finish("The thread that waits for a slot").Expect<ObjectDisposedException>();
        });

        Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(0, 0)), "The claim that was open at the disposal was committed.");
    }

    [Test]
    public void DisposeEndsEveryBlockedThread()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        using SegmentWords words = new(ChannelPath);
        sender.Send(kind.Probe(0, 0, 48));
        Task<Failure>[] blocked = [.. Enumerable.Range(0, Threads).Select(
            _ => Background.Run(() => Failure.Of(() => sender.Send(kind.Probe(1, 0, 48)))))];
        words.AwaitSleepingSender();

        sender.Dispose();

        foreach (Task<Failure> thread in blocked)
        {
            thread.Finish("A blocked thread").Expect<ObjectDisposedException>();
        }

        Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(0, 0, 48)));
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void ReceiverTakesTurnsBetweenThreads()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath);
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        for (int sequence = 0; sequence < 100; sequence++)
        {
            sender.Send(kind.Probe(0, sequence));
            Assert.That(Background.Run(() => receiver.Receive()).Finish("The receiver"), Is.EqualTo(kind.Probe(0, sequence)));
        }
    }
}
