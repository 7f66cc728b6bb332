using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Observing;

/// <summary>Received messages stay readable until senders reuse their room.</summary>
public sealed class HistoryTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096 };

    [Test]
    public void ReceivedMessagesAreReadInEitherOrder()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Assert.That(observer.ReadHistory().Messages, Is.Empty);

        Pass(sender, receiver, 0, 10);
        sender.Send(ByteProbe.From(new Probe(1, 10, 40)));

        ChannelHistory history = observer.ReadHistory();
        Assert.That(Sequences(history), Is.EqualTo(Enumerable.Range(0, 10)), "without the one that waits");
        Assert.That((history.OldestPosition, history.OverwrittenMessages), Is.EqualTo((0L, 0L)));
        Assert.That(history.HeadPosition, Is.EqualTo(IpcChannel.Inspect(ChannelPath).HeadPosition));
        Assert.That(Sequences(observer.ReadHistory(HistoryOrder.NewestFirst)), Is.EqualTo(Enumerable.Range(0, 10).Reverse()));
        Assert.That(Sequences(observer.ReadHistory(HistoryOrder.NewestFirst, 3)), Is.EqualTo(new[] { 9, 8, 7 }));
        Assert.That(Sequences(observer.ReadHistory(HistoryOrder.OldestFirst, 3)), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(Sequences(observer.ReadHistory(since: history.Messages[6].Position)), Is.EqualTo(new[] { 6, 7, 8, 9 }));
        Assert.That(observer.ReadHistory(since: history.HeadPosition).Messages, Is.Empty);
        Assert.That(observer.ReadHistory(maxMessages: 0).Messages, Is.Empty);
    }

    /// <summary>After any number of laps, with padding and aborted claims, the last lap is readable without a hole, and the rest is counted.</summary>
    [Test]
    public void TheLastLapIsThereAndTheRestIsCounted([Values(16, 100, 1000)] int length)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        for (int number = 0; number < 1_000; number++)
        {
            if (number % 7 == 0)
            {
                sender.Claim(length).Abort();
            }

            Pass(sender, receiver, number, 1, length);
            ChannelHistory history = observer.ReadHistory();
            int readable = history.Messages.Count;
            Assert.That(Sequences(history), Is.EqualTo(Enumerable.Range(number + 1 - readable, readable)));
            Assert.That(history.OverwrittenMessages, Is.EqualTo(number + 1 - readable));
            Assert.That(readable, Is.GreaterThanOrEqualTo(Math.Min(number + 1, (4096 / (length + 48)) - 2)), "most of the ring is history");
            Assert.That(history.OldestPosition, Is.LessThanOrEqualTo(history.Messages[0].Position));
        }
    }

    [Test]
    public void TheGapOfADeadSenderIsNoObstacle()
    {
        ByteReceiver.Create(ChannelPath, s_small).Dispose();
        using (PeerProcess victim = PeerProcess.Start(Crashes.CrashOrder.Kill("commit.stamp", 3), "sender", "Bytes", "Shared", ChannelPath))
        {
            victim.Expect("open");
            victim.Say("stream 1 10 Send 0 0");
            victim.ExpectKilled();
        }

        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send(ByteProbe.From(new Probe(2, 7, 40)));
        Assert.That(Enumerable.Range(0, 3).Select(_ => ByteProbe.Verify(receiver.Receive()).Sequence), Is.EqualTo(new[] { 0, 1, 7 }));

        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Assert.That(Sequences(observer.ReadHistory()), Is.EqualTo(new[] { 0, 1, 7 }));
        using ChannelObserver again = ChannelObserver.Open(ChannelPath);
        Assert.That(Sequences(again.ReadHistory(HistoryOrder.NewestFirst)), Is.EqualTo(new[] { 7, 1, 0 }));
    }

    [Test]
    public void ADeadChannelAndACopyOfItsFileAreRead()
    {
        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small))
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            Pass(sender, receiver, 0, 200);
        }

        using ChannelObserver dead = ChannelObserver.Open(ChannelPath);
        int[] expected = [.. Sequences(dead.ReadHistory())];
        Assert.That(expected[^1], Is.EqualTo(199));
        File.Copy(ChannelPath, Directory["copy"]);
        using ChannelObserver copy = ChannelObserver.Open(Directory["copy"]);
        Assert.That(Sequences(copy.ReadHistory()), Is.EqualTo(expected));
    }

    /// <summary>No message that it returns is mixed from two laps, however fast the ring is overwritten.</summary>
    [Test, CancelAfter(30_000)]
    public void MessagesReadUnderFullLoadAreWhole(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(watchdog);
        Task traffic = Background.Run(() =>
        {
            for (int number = 0; !end.IsCancellationRequested; number++)
            {
                Pass(sender, receiver, number, 1, 16 + (number % 300));
            }
        });

        int seen = 0;
        for (int look = 0; look < 2_000 || seen == 0; look++)
        {
            watchdog.ThrowIfCancellationRequested();
            HistoryOrder order = look % 2 == 0 ? HistoryOrder.OldestFirst : HistoryOrder.NewestFirst;
            int[] sequences = [.. Sequences(observer.ReadHistory(order))];
            Assert.That(sequences, order == HistoryOrder.OldestFirst ? Is.Ordered : Is.Ordered.Descending);
            seen += sequences.Length;
        }

        end.Cancel();
        traffic.Finish("Traffic");
    }

    private static void Pass(ByteSender sender, ByteReceiver receiver, int first, int count, int length = 40)
    {
        for (int number = first; number < first + count; number++)
        {
            sender.Send(ByteProbe.From(new Probe(1, number, Math.Max(length, ByteProbe.MinSize))));
            receiver.Receive();
        }
    }

    /// <summary>Verifies each message, so that a mixed one is noticed.</summary>
    private static IEnumerable<int> Sequences(ChannelHistory history) =>
        history.Messages.Select(message => (int)ByteProbe.Verify(message.Payload.Span).Sequence);
}
