using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>
/// A message of more than half the ring needs padding before it, unless it begins where a lap begins. It fits into a ring that
/// holds nothing else, whatever the receiver does.
/// </summary>
public sealed class FillerTests : ChannelFixture
{
    private const int Capacity = 4096;
    private const int Header = 16;

    /// <summary>The position of the ring before the large message, and the message's length. Only some of the cases need the room of the padding.</summary>
    private static IEnumerable<int[]> Cases() =>
        from before in new[] { 32, 1024, 2048, 3072, 4080 }
        from length in new[] { 2033, 3000, Capacity - Header }
        select new[] { before, length };

    [TestCaseSource(nameof(Cases))]
    public void LargeMessageEntersAnEmptyRingWithoutAReceiver(int before, int length)
    {
        MoveTo(before);
        byte[] message = Payload(length);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        Assert.That(sender.TrySend(message), Is.True);
        Assert.That(sender.TrySend(new byte[Capacity - Header]), Is.False);

        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received), Is.True);
        Assert.That(received.Payload.ToArray(), Is.EqualTo(message));
        received.Dispose();
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        ExpectUsable(receiver);
    }

    /// <summary>
    /// The last byte of the payload overwrites the first byte of the padding's stamp, which holds the state. Among 64 channels, each
    /// with different random stamps, some have a stamp that would become that of a message.
    /// </summary>
    [Test]
    public void APayloadThatEndsWithinAStampMakesNoMessageOfTheFiller()
    {
        byte[] message = [.. Enumerable.Repeat((byte)0xF1, 2033)];
        for (int channel = 0; channel < 64; channel++)
        {
            MoveTo(2048);
            using ByteSender sender = ByteSender.Open(ChannelPath);
            Assert.That(sender.TrySend(message), Is.True);
            using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
            Assert.That(receiver.Receive(), Is.EqualTo(message));
            receiver.Dispose();
            sender.Dispose();
            IpcChannel.Delete(ChannelPath);
        }
    }

    [TestCaseSource(nameof(Cases))]
    public void LargeMessageIsSentWhenEmptyWithoutAReceiver(int before, int length)
    {
        MoveTo(before);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        Assert.That(sender.TrySendWhenEmpty(Payload(length), TimeSpan.Zero), Is.True);
        Assert.That(sender.TrySendWhenEmpty([1], TimeSpan.Zero), Is.False);
    }

    /// <summary>The receiver reads the place of the padding before and after it is overwritten.</summary>
    [Test]
    public void AReceiverThatPolledFindsTheLargeMessageAtOnce()
    {
        MoveTo(2048);
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        Assert.That(sender.TrySend(Payload(3000)), Is.True);
        Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received), Is.True);
        received.Dispose();
    }

    [Test]
    public void AnObserverSeesTheLargeMessage()
    {
        MoveTo(2048);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send(Payload(3000));
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Assert.That(observer.Peek(10).Messages.Single().Payload.ToArray(), Is.EqualTo(Payload(3000)));
        ChannelInfo info = observer.Inspect();
        Assert.That(info.BytesUsed, Is.LessThanOrEqualTo(Capacity));
        Assert.That(info.Head, Is.EqualTo(HeadState.Ready));
        Assert.That(info.Senders.Single().ClaimSince, Is.Null);
    }

    /// <summary>Many messages of all sizes, so that padding is overwritten at every place of the ring while the receiver runs.</summary>
    [Test]
    public void MessagesOfAllSizesArriveInOrder()
    {
        const int Messages = 3_000;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Capacity });
        Task sending = Background.Run(() =>
        {
            using ByteSender sender = ByteSender.Open(ChannelPath);
            Random random = new(7);
            for (int number = 0; number < Messages; number++)
            {
                byte[] message = Payload(random.Next(4, Capacity - Header + 1));
                BitConverter.TryWriteBytes(message, number);
                sender.Send(message);
            }
        });
        Random same = new(7);
        for (int number = 0; number < Messages; number++)
        {
            byte[] message = receiver.Receive();
            byte[] expected = Payload(same.Next(4, Capacity - Header + 1));
            BitConverter.TryWriteBytes(expected, number);
            Assert.That(message.AsSpan().SequenceEqual(expected), $"message {number}");
        }

        sending.Finish("Sending");
    }

    private static byte[] Payload(int length) => [.. Enumerable.Range(0, length).Select(static index => (byte)(index + 1))];

    /// <summary>Creates a channel whose ring is empty at a given position, without participants.</summary>
    private void MoveTo(int position)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Capacity });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send(new byte[position - Header]);
        receiver.Receive();
    }
}
