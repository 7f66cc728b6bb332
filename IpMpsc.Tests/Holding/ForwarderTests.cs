using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Holding;

/// <summary>Every message of a source arrives exactly once, wherever its forwarders are killed.</summary>
[CancelAfter(60_000)]
public sealed class ForwarderTests : ChannelFixture
{
    private const int Count = 60;

    [SetUp]
    public void Create() => ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 1024, MaxSenders = 4 }).Dispose();

    [Test]
    public void TheLastSequenceIsRemembered()
    {
        long last;
        using (RecordForwarder first = RecordForwarder.Open(ChannelPath, "orders"))
        {
            Assert.That(first.LastSequence, Is.Zero);
            first.Send(0, 0, [1], 10);
            Assert.That(first.TrySend(0, 0, [2], 17));
            Assert.That(first.LastSequence, Is.EqualTo(17));
            Assert.Throws<ArgumentOutOfRangeException>(() => first.Send(0, 0, [2], 17));
            first.Send(4, 1, [2], 18);
            Assert.Throws<MessageTooLargeException>(() => first.Send(0, 0, new byte[2000], 19));
            while (first.TrySend(0, 0, new byte[100], first.LastSequence + 1))
            {
            }

            Assert.That(first.LastSequence, Is.InRange(19, 30), "messages that found no room do not count");
            last = first.LastSequence;
        }

        using RecordForwarder second = RecordForwarder.Open(ChannelPath, "orders");
        using RecordForwarder other = RecordForwarder.Open(ChannelPath, "trades");
        Assert.That((second.LastSequence, other.LastSequence), Is.EqualTo((last, 0L)));
    }

    [Test]
    public void ASourceHasOneForwarderAndKeepsItsSlot()
    {
        using (RecordForwarder first = RecordForwarder.Open(ChannelPath, "orders"))
        {
            first.Send(0, 0, [1], 5);
            Assert.That(Assert.Throws<ChannelInUseException>(() => RecordForwarder.Open(ChannelPath, "orders"))!.Message, Does.Contain("'orders'"));
        }

        ByteSender[] senders = [.. Enumerable.Range(0, 3).Select(_ => ByteSender.Open(ChannelPath))];
        Assert.Throws<ChannelInUseException>(() => ByteSender.Open(ChannelPath), "the fourth slot belongs to the source");
        using (RecordForwarder again = RecordForwarder.Open(ChannelPath, "orders"))
        {
            Assert.That(again.LastSequence, Is.EqualTo(5));
        }

        Array.ForEach(senders, sender => sender.Dispose());
    }

    [TestCase("")]
    [TestCase("123456789012345678901234567890123456789012345678901234567")]
    public void TheNameOfASourceMustFit(string source) =>
        Assert.Throws<ArgumentException>(() => RecordForwarder.Open(ChannelPath, source));

    private static IEnumerable<TestCaseData> Deaths =>
        from step in (string[])["claim.read-tail", "claim.store-position", "claim.cas-tail", "commit.stamp", "wake.check", "padding.stamp", "leave.clear-claim", "leave.unlock"]
        from occurrence in step.StartsWith("leave", StringComparison.Ordinal) || step.StartsWith("padding", StringComparison.Ordinal) ? (int[])[1] : [1, 2, 20]
        select new TestCaseData(step, occurrence);

    /// <summary>The receiver takes everything meanwhile, so the dead forwarder's claim is received or skipped, and overwritten, before its successor starts.</summary>
    [TestCaseSource(nameof(Deaths))]
    public void NothingIsLostOrDuplicatedWhileItIsReceived(string step, int occurrence)
    {
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        List<long> received = [];
        using (PeerProcess victim = PeerProcess.Start(CrashOrder.Kill(step, occurrence), "forward", ChannelPath, "source", $"{Count}"))
        {
            Receive(receiver, received, () => victim.HasExited);
            victim.ExpectKilled();
        }

        Receive(receiver, received, () => true);
        Overwrite(receiver);
        using PeerProcess successor = PeerProcess.Start("forward", ChannelPath, "source", $"{Count}");
        successor.Expect($"after {received.Count}");
        Receive(receiver, received, () => successor.HasExited);
        Assert.That(received, Is.EqualTo(Enumerable.Range(1, Count)));
    }

    /// <summary>The successor starts before any receiver: the dead forwarder's slot still has its claim, and may have to stay as it is.</summary>
    [TestCaseSource(nameof(Deaths))]
    public void NothingIsLostOrDuplicatedWhileNobodyReceives(string step, int occurrence)
    {
        const int Few = 18; // They all fit the ring, with padding before the last ones.
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            sender.Send(new byte[300]);
        }

        using (ByteReceiver early = ByteReceiver.Open(ChannelPath))
        {
            early.Receive();
        }

        using (PeerProcess victim = PeerProcess.Start(CrashOrder.Kill(step, occurrence), "forward", ChannelPath, "source", $"{Few}"))
        {
            victim.Expect("after 0");
            victim.AwaitEnd();
        }

        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        List<long> received = [];
        using (PeerProcess successor = PeerProcess.Start("forward", ChannelPath, "source", $"{Few}"))
        {
            successor.AwaitEnd();
        }

        Receive(receiver, received, () => true);
        Assert.That(received, Is.EqualTo(Enumerable.Range(1, Few)));
    }

    /// <summary>Kills one forwarder after another, while a receiver is running.</summary>
    [Test]
    public void ChainOfKills()
    {
        const int Total = 400;
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        List<long> received = [];
        Random random = new(20);
        string[] steps = ["claim.read-tail", "claim.store-position", "claim.cas-tail", "commit.stamp", "wake.check"];
        for (int life = 0; life < 15; life++)
        {
            IReadOnlyDictionary<string, string> order = CrashOrder.Kill(steps[random.Next(steps.Length)], random.Next(1, 40));
            using PeerProcess victim = PeerProcess.Start(order, "forward", ChannelPath, "source", $"{Total}");
            Receive(receiver, received, () => victim.HasExited);
            victim.AwaitEnd();
        }

        using (PeerProcess last = PeerProcess.Start("forward", ChannelPath, "source", $"{Total}"))
        {
            Receive(receiver, received, () => last.HasExited);
        }

        Receive(receiver, received, () => true);
        Assert.That(received, Is.EqualTo(Enumerable.Range(1, Total)));
        Assert.That(IpcChannel.Inspect(ChannelPath).Senders, Has.Count.LessThanOrEqualTo(2), "the slots of the source are reused");
    }

    /// <summary>Fills one lap of the ring, so that no earlier stamp is left.</summary>
    private void Overwrite(ByteReceiver receiver)
    {
        using ByteSender sender = ByteSender.Open(ChannelPath);
        for (int turn = 0; turn < 8; turn++)
        {
            sender.Send(new byte[240]);
            receiver.Receive();
        }
    }

    /// <summary>Receives until a condition holds, and then the rest. Gaps are skipped.</summary>
    private static void Receive(ByteReceiver receiver, List<long> received, Func<bool> isDone)
    {
        bool ended;
        do
        {
            ended = isDone();
            while (receiver.TryReceiveInPlace(out ReceivedBytes message, TimeSpan.FromMilliseconds(ended ? 100 : 1)))
            {
                using (message)
                {
                    received.Add(BitConverter.ToInt64(message.Payload));
                }
            }
        }
        while (!ended);
    }
}
