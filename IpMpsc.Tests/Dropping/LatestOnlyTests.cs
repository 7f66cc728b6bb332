#pragma warning disable IPM0048 // A test ends while the receiver holds messages.
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Dropping;

/// <summary>The receiver hands out the newest message of each key that it sees, and never loses the last one of a key, whichever process dies.</summary>
[CancelAfter(30_000)]
public sealed class LatestOnlyTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_latest = new() { FullMode = FullMode.LatestOnly };

    [Test]
    public void WithoutAKeyTheNewestMessageOfEachTypeIsHandedOut()
    {
        using Feed.Receiver receiver = Feed.CreateReceiver(ChannelPath, s_latest);
        using Feed.Sender sender = Feed.OpenSender(ChannelPath);
        sender.Send(new Price { Number = 1 });
        sender.Send(new Name { Text = "a" });
        sender.Send(new Price { Number = 2 });
        sender.Send(new Price { Number = 3 });

        using (Feed.Message message = receiver.Receive())
        {
            Assert.That(message.AsName.GetTextString(), Is.EqualTo("a"));
        }

        using (Feed.Message message = receiver.Receive())
        {
            Assert.That(message.AsPrice.Number, Is.EqualTo(3));
        }

        Assert.That(receiver.TryReceive(out _), Is.False);
        Assert.That(receiver.DroppedMessages, Is.EqualTo(2));
    }

    [Test]
    public void WithAKeyTheNewestMessageOfEachKeyIsHandedOut()
    {
        using Receiver<Price> receiver = Receiver<Price>.Create(ChannelPath, s_latest);
        receiver.LatestBy(static (Price.View price) => price.Instrument);
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath);
        Send(sender, (1, 10), (2, 20), (1, 11), (3, 30), (2, 21));

        Assert.That(Drain(receiver), Is.EqualTo(new[] { (1, 11), (3, 30), (2, 21) }));
        Send(sender, (1, 12));
        Assert.That(Drain(receiver), Is.EqualTo(new[] { (1, 12) }));
        ChannelInfo info = IpcChannel.Inspect(ChannelPath);
        Assert.That((info.MessagesReceived, info.DroppedByReceiver), Is.EqualTo((4L, 2L)));
    }

    [Test]
    public void AKeyOfOneTypeOfAProtocolIsThatOfItsView()
    {
        using Feed.Receiver receiver = Feed.CreateReceiver(ChannelPath, s_latest);
        receiver.LatestBy<Name, Name.View, int>(static name => name.Instrument);
        using Feed.Sender sender = Feed.OpenSender(ChannelPath);
        sender.Send(new Name { Instrument = 1, Text = "a" });
        sender.Send(new Name { Instrument = 2, Text = "b" });
        sender.Send(new Name { Instrument = 1, Text = "c" });
        List<string> texts = [];
        while (receiver.TryReceive(out Feed.Message message))
        {
            using (message)
            {
                texts.Add(message.AsName.GetTextString());
            }
        }

        Assert.That(texts, Is.EqualTo(new[] { "b", "c" }));
    }

    [Test]
    public void AClaimThatIsUnderWaySupersedesNothing()
    {
        using Receiver<Price> receiver = Receiver<Price>.Create(ChannelPath, s_latest);
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath);
        Send(sender, (1, 1), (1, 2));
        using (sender.Claim())
        {
            Send(sender, (1, 4));
            Assert.That(receiver.Receive().Number, Is.EqualTo(2));
        }

        Assert.That(receiver.Receive().Number, Is.EqualTo(4));
    }

    [Test]
    public void LapsFillersAndEmptyMessagesAreSeenThrough()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_latest with { Capacity = 256 });
        receiver.LatestBy(static payload => payload.Length);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        for (int lap = 0; lap < 100; lap++)
        {
            sender.Send([]);
            sender.Send(new byte[49]); // The four records do not divide the ring, so fillers come to stand between any two.
            sender.Send([]);
            sender.Send(new byte[1 + (lap % 3)]);
            List<int> lengths = [];
            while (receiver.TryReceiveInPlace(out ReceivedBytes message))
            {
                lengths.Add(message.Payload.Length);
                message.Dispose();
            }

            Assert.That(lengths, Is.EqualTo(new[] { 49, 0, 1 + (lap % 3) }), $"lap {lap}");
        }

        Assert.That(receiver.DroppedMessages, Is.EqualTo(100));
    }

    [Test]
    public void ManyKeysAreForgottenAgain()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_latest with { Capacity = 1024 });
        receiver.LatestBy(static payload => BitConverter.ToInt32(payload));
        using ByteSender sender = ByteSender.Open(ChannelPath);
        for (int key = 0; key < 10_000; key++)
        {
            sender.Send(BitConverter.GetBytes(key));
            sender.Send(BitConverter.GetBytes(key));
            Assert.That(BitConverter.ToInt32(receiver.Receive()), Is.EqualTo(key));
            Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        }
    }

    [Test]
    public void HeldMessagesStayAndAreJudgedAgainAfterARewind()
    {
        using Receiver<Price> receiver = Receiver<Price>.Create(ChannelPath, s_latest);
        receiver.LatestBy(static (Price.View price) => price.Instrument);
        using Sender<Price> sender = Sender<Price>.Open(ChannelPath);
        Send(sender, (1, 1));
        HeldMessage<Price> held = receiver.Hold();
        Send(sender, (2, 2), (2, 3), (1, 4));
        Assert.That(Drain(receiver), Is.EqualTo(new[] { (2, 3), (1, 4) }));
        Assert.That(held.Read().Number, Is.EqualTo(1));

        receiver.Rewind();
        Assert.That(Drain(receiver), Is.EqualTo(new[] { (2, 3), (1, 4) }), "The message that was held is superseded by now.");
    }

    [Test]
    public void AKeyNeedsTheModeAndTheRightView()
    {
        using Receiver<Price> waits = Receiver<Price>.Create(ChannelPath);
        Failure.Of(() => waits.LatestBy(static (Price.View price) => price.Instrument)).Expect<InvalidOperationException>("FullMode.LatestOnly");
        using Receiver<Price> receiver = Receiver<Price>.Create(Directory["other"], s_latest);
        Failure.Of(() => receiver.LatestBy(static (Name.View name) => name.Instrument)).Expect<ArgumentException>("Name", "Price");
    }

    [Test]
    public void AMessageWithoutAKeyIsHandedOut()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_latest);
        receiver.LatestBy(static payload => payload[0]);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([1]);
        sender.Send([]);
        sender.Send([1]);
        sender.Send([]);
        Assert.That((receiver.Receive().Length, receiver.Receive()[0], receiver.Receive().Length), Is.EqualTo((0, (byte)1, 0)));
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
    }

    /// <summary>The receiver kills itself at the n-th time that it is about to free room: while it skips messages, or while it holds one.</summary>
    [TestCase(1, 3)]
    [TestCase(20, 3)]
    [TestCase(147, 3)]
    [TestCase(148, 3)]
    [TestCase(149, 2)]
    [TestCase(150, 1)]
    public void AKilledReceiverLosesNoLatestMessage(int release, int left)
    {
        const int Each = 50;
        ByteReceiver.Create(ChannelPath).Dispose();
        using ByteSender sender = ByteSender.Open(ChannelPath);
        for (int number = 0; number < 3 * Each; number++)
        {
            sender.Send(ByteProbe.From(new Probe(number % 3, number / 3, 40)));
        }

        using PeerProcess peer = PeerProcess.Start(CrashOrder.Kill("release.publish-head", release), "drop", "latest", ChannelPath, "3");
        peer.ExpectKilled();

        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath, s_latest);
        receiver.LatestBy(BitConverter.ToInt32);
        List<Probe> received = [];
        while (receiver.TryReceiveInPlace(out ReceivedBytes message))
        {
            received.Add(ByteProbe.Verify(message.Payload));
            message.Dispose();
        }

        Assert.That(received, Is.EqualTo(Enumerable.Range(0, 3).Select(key => new Probe(key, Each - 1, 40)).TakeLast(left)));
    }

    private static void Send(Sender<Price> sender, params (int Instrument, int Number)[] prices)
    {
        foreach ((int instrument, int number) in prices)
        {
            sender.Send(new Price { Instrument = instrument, Number = number });
        }
    }

    private static List<(int Instrument, int Number)> Drain(Receiver<Price> receiver)
    {
        List<(int Instrument, int Number)> received = [];
        while (receiver.TryReceive(out Price price))
        {
            received.Add((price.Instrument, price.Number));
        }

        return received;
    }
}
