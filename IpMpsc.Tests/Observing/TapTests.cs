using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Observing;

/// <summary>A tap reads every message as it passes, and counts what it missed.</summary>
public sealed class TapTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096 };

    [Test]
    public void EveryMessageIsSeenOnceAndReceivedAllTheSame()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        sender.Send(ByteProbe.From(new Probe(1, 0, 40)));
        ChannelTap tap = observer.OpenTap();
        int seen = 0;
        for (int number = 1; number < 500; number++)
        {
            sender.Send(ByteProbe.From(new Probe(1, number, 40 + (number % 200))));
            if (number % 5 == 0)
            {
                sender.Claim(60).Abort();
            }

            while (number % 3 == 0 && tap.TryRead(out PeekedMessage? message))
            {
                Assert.That(ByteProbe.Verify(message.Payload.Span).Sequence, Is.EqualTo(seen++));
            }

            Assert.That(ByteProbe.Verify(receiver.Receive()).Sequence, Is.EqualTo(number - 1));
        }

        while (tap.TryRead(out PeekedMessage? message))
        {
            Assert.That(ByteProbe.Verify(message.Payload.Span).Sequence, Is.EqualTo(seen++));
        }

        Assert.That((seen, tap.MissedMessages, tap.MissedBytes), Is.EqualTo((500, 0L, 0L)));
    }

    [Test]
    public void ACommitBehindAClaimIsSeenWhenTheClaimEnds()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelTap tap = observer.OpenTap();
        ByteClaim claim = sender.Claim(100);
        using (ByteSender other = ByteSender.Open(ChannelPath))
        {
            other.Send("behind"u8);
        }

        Assert.That(tap.TryRead(out _), Is.False);
        claim.Abort();
        Assert.That(tap.TryRead(out PeekedMessage? message));
        Assert.That(message!.Payload.ToArray(), Is.EqualTo("behind"u8.ToArray()));
    }

    [Test]
    public void ATapThatIsOvertakenSaysWhatItMissed()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelTap tap = observer.OpenTap();
        int next = 0;
        Pass(10);
        Assert.That(Count(tap), Is.EqualTo(10));
        long before = IpcChannel.Inspect(ChannelPath).HeadPosition;
        Pass(1_000);

        Assert.That(tap.TryRead(out _), Is.False, "it continues at the head");
        Assert.That((tap.MissedMessages, tap.MissedBytes), Is.EqualTo((1_000L, IpcChannel.Inspect(ChannelPath).HeadPosition - before)));
        Pass(10);
        Assert.That(tap.TryRead(out PeekedMessage? message));
        Assert.That(ByteProbe.Verify(message!.Payload.Span).Sequence, Is.EqualTo(1_010));
        Assert.That(Count(tap), Is.EqualTo(9));

        void Pass(int count)
        {
            for (int end = next + count; next < end; next++)
            {
                sender.Send(ByteProbe.From(new Probe(1, next, 40)));
                receiver.Receive();
            }
        }
    }

    /// <summary>Under full load, a tap sees each message at most once, in order and whole, and counts those that it does not see.</summary>
    [Test, CancelAfter(60_000)]
    public void UnderFullLoadEverythingIsSeenOrCounted(CancellationToken watchdog)
    {
        const int Messages = 200_000;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 1 << 16 });
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelTap tap = observer.OpenTap();
        Task sending = Background.Run(() =>
        {
            using ByteSender sender = ByteSender.Open(ChannelPath);
            for (int number = 0; number < Messages; number++)
            {
                sender.Send(ByteProbe.From(new Probe(1, number, 40)), watchdog);
            }
        });
        Task receiving = Background.Run(() =>
        {
            for (int number = 0; number < Messages; number++)
            {
                receiver.ReceiveInPlace(watchdog).Dispose();
            }
        });

        long seen = 0;
        long last = -1;
        while (seen + tap.MissedMessages < Messages)
        {
            watchdog.ThrowIfCancellationRequested();
            while (tap.TryRead(out PeekedMessage? message))
            {
                long sequence = ByteProbe.Verify(message.Payload.Span).Sequence;
                Assert.That(sequence, Is.GreaterThan(last));
                last = sequence;
                seen++;
            }
        }

        sending.Finish("Sending");
        receiving.Finish("Receiving");
        Assert.That(seen + tap.MissedMessages, Is.InRange(Messages, Messages + 1));
    }

    [Test, CancelAfter(30_000)]
    public async Task ReadAllWaitsForWhatComes(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelTap tap = observer.OpenTap();
        Task<PeekedMessage> first = Task.Run(() => tap.ReadAll(watchdog).First(), watchdog);
        sender.Send("one"u8);
        Assert.That((await first).Payload.ToArray(), Is.EqualTo("one"u8.ToArray()));

        Task<PeekedMessage> second = Next();
        sender.Send("two"u8);
        Assert.That((await second).Payload.ToArray(), Is.EqualTo("two"u8.ToArray()));
        observer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tap.TryRead(out _));

        async Task<PeekedMessage> Next()
        {
            await foreach (PeekedMessage message in tap.ReadAllAsync(watchdog))
            {
                return message;
            }

            throw new InvalidOperationException("The tap ended.");
        }
    }

    private static int Count(ChannelTap tap)
    {
        int count = 0;
        while (tap.TryRead(out _))
        {
            count++;
        }

        return count;
    }
}
