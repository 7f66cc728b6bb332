using System.Diagnostics.Metrics;
using System.Threading.Channels;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Dropping;

/// <summary>A sender drops what it cannot send at once, and counts it; everything else arrives.</summary>
[CancelAfter(30_000)]
public sealed class DropNewestTests : ChannelFixture
{
    private const int Record = 32;
    private const int Room = 8;

    private static readonly IpcChannelOptions s_drops = new() { FullMode = FullMode.DropNewest };

    private Receiver<Price> _receiver = null!;

    [SetUp]
    public void Open() => _receiver = Receiver<Price>.Create(ChannelPath, new IpcChannelOptions { Capacity = Room * Record });

    [TearDown]
    public void Close() => _receiver.Dispose();

    [Test]
    public void MessagesWithoutRoomAreDroppedAndCounted()
    {
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath, s_drops);
        Send(sender, 0, Room + 3);

        Assert.That(sender.DroppedMessages, Is.EqualTo(3));
        Assert.That(_receiver.DroppedMessages, Is.EqualTo(3));
        ChannelInfo info = IpcChannel.Inspect(ChannelPath);
        Assert.That((info.Senders[0].Dropped, info.DroppedBySenders, info.DroppedByReceiver), Is.EqualTo((3L, 3L, 0L)));
        Expect(0, Room);

        Send(sender, 20, 1);
        Expect(20, 1);
        Assert.That(sender.DroppedMessages, Is.EqualTo(3));
    }

    [Test]
    public async Task EveryWayToSendWithoutALimitDrops()
    {
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath, s_drops);
        Send(sender, 0, Room);

        await sender.SendAsync(default);
        sender.SendBatch([default, default]);
        ChannelWriter<Price> writer = sender.AsChannelWriter();
        Assert.That(writer.TryWrite(default), "A writer drops, too.");
        Assert.That(await writer.WaitToWriteAsync());
        await writer.WriteAsync(default);

        Assert.That(sender.DroppedMessages, Is.EqualTo(5));
        Expect(0, Room);
    }

    [Test]
    public void TryingReturnsFalseAndDropsNothing()
    {
        using ExclusiveSender<Price> sender = ExclusiveSender<Price>.Open(ChannelPath, s_drops);
        Send(sender.Send, 0, Room);

        Assert.That(sender.TrySend(default), Is.False);
        Assert.That(sender.TrySend(default, TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.That(sender.TrySendBatch([default]), Is.Zero);
        Assert.That(sender.TryClaim(out _), Is.False);
        Assert.That(sender.DroppedMessages, Is.Zero);
    }

    [Test]
    public void ABatchSendsWhatFitsAndDropsTheRest()
    {
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath, s_drops);
        Send(sender, 0, 3);
        sender.SendBatch([.. Enumerable.Range(3, Room).Select(number => new Price { Number = number })]);

        Assert.That(sender.DroppedMessages, Is.EqualTo(3));
        Expect(0, Room);
    }

    [Test]
    public void ASenderThatWaitsIsNotAffected()
    {
        using Sender<Price> dropping = Sender<Price>.Open(ChannelPath, s_drops);
        using Sender<Price> waiting = Sender<Price>.Open(ChannelPath);
        Send(dropping, 0, Room);
        using SegmentWords words = new(ChannelPath);
        Task sending = Background.Run(() => waiting.Send(new Price { Number = Room }));
        words.AwaitSleepingSender();
        Send(dropping, 100, 1);

        Expect(0, Room + 1);
        sending.Finish("The sender that waits");
        Assert.That((dropping.DroppedMessages, waiting.DroppedMessages), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void TheMeterCountsWhatWasDropped()
    {
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath, s_drops);
        Send(sender, 0, Room + 2);
        long dropped = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument is { Name: "ipmpsc.dropped", Meter.Name: "IpMpsc" })
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            dropped += tags.Contains(new("channel", ChannelPath)) && tags.Contains(new("role", "sender")) ? value : 0);
        listener.Start();
        listener.RecordObservableInstruments();
        Assert.That(dropped, Is.EqualTo(2));
    }

    [Test]
    public void BytesRecordsAndProtocolsDropAsWell()
    {
        const string Other = "other";
        using ByteReceiver bytes = ByteReceiver.Create(Directory[Other], new IpcChannelOptions { Capacity = 64 });
        using ByteSender shared = ByteSender.Open(Directory[Other], s_drops);
        using ExclusiveByteSender exclusive = ExclusiveByteSender.Open(Directory[Other], s_drops);
        using RecordSender record = RecordSender.Open(Directory[Other], s_drops);
        shared.Send(new byte[48]);
        shared.Send(new byte[1]);
        exclusive.Send(new byte[1]);
        record.Send(0, 0, new byte[1]);
        Assert.That((shared.DroppedMessages, exclusive.DroppedMessages, record.DroppedMessages), Is.EqualTo((1L, 1L, 1L)));
        Assert.That(bytes.DroppedMessages, Is.EqualTo(3));

        using Feed.Receiver feed = Feed.CreateReceiver(Directory["feed"], new IpcChannelOptions { Capacity = 64 });
        using Feed.Sender sender = Feed.OpenSender(Directory["feed"], s_drops);
        sender.Send(new Price());
        sender.Send(new Price());
        sender.Send(new Price());
        Assert.That((sender.DroppedMessages, feed.DroppedMessages), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void NothingIsDroppedWithoutACount([Values] bool isKilled)
    {
        const int Count = 20_000;
        using ByteReceiver receiver = ByteReceiver.Create(Directory["bytes"], new IpcChannelOptions { Capacity = 1024 });
        using PeerProcess peer = isKilled
            ? PeerProcess.Start(CrashOrder.Kill("commit.stamp", 20), "drop", "newest", Directory["bytes"], "7", $"{Count}")
            : PeerProcess.Start("drop", "newest", Directory["bytes"], "7", $"{Count}");
        Task<string?> answer = Background.Run(() =>
        {
            if (!isKilled)
            {
                return peer.Listen();
            }

            peer.ExpectKilled();
            return null;
        });
        List<long> received = [];
        while (!answer.IsCompleted)
        {
            Receive(receiver, received);
        }

        Receive(receiver, received);
        Assert.That(received, Is.Ordered.Ascending.And.Unique);
        string? said = answer.Finish("The sender");
        if (said is not null)
        {
            long dropped = long.Parse(said);
            Assert.That(received, Has.Count.EqualTo(Count - dropped));
            Assert.That(receiver.DroppedMessages, Is.EqualTo(dropped));
        }

        ExpectUsable(receiver);
    }

    private static void Receive(ByteReceiver receiver, List<long> received)
    {
        while (receiver.TryReceiveInPlace(out ReceivedBytes message, TimeSpan.FromMilliseconds(20)))
        {
            using (message)
            {
                received.Add(ByteProbe.Verify(message.Payload).Sequence);
            }
        }
    }

    private static void Send(Sender<Price> sender, int first, int count) => Send(sender.Send, first, count);

    private static void Send(SendPrice send, int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            send(new Price { Number = number });
        }
    }

    private void Expect(int first, int count)
    {
        for (int number = first; number < first + count; number++)
        {
            Assert.That(_receiver.Receive().Number, Is.EqualTo(number));
        }

        Assert.That(_receiver.TryReceive(out _), Is.False);
    }

    private delegate void SendPrice(in Price price, CancellationToken cancellationToken = default);
}
