using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>A message without bytes is a message like any other.</summary>
public sealed class EmptyMessageTests : ChannelFixture
{
    [TestCase(64)]
    [TestCase(1 << 20)]
    public void EmptyMessagesArriveInTheirPlace(int capacity)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = capacity });
        using ByteSender sender = ByteSender.Open(ChannelPath);

        sender.Send([]);
        Assert.That(sender.TrySend([]), Is.True);
        sender.Send([1]);
        Assert.That(receiver.Receive(), Is.Empty);
        Assert.That(receiver.TryReceive([], out int length), Is.True);
        Assert.That(length, Is.Zero);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));

        using (ByteClaim claim = sender.Claim(0))
        {
            Assert.That(claim.Payload.IsEmpty, Is.True);
            claim.Commit();
        }

        using (ReceivedBytes message = receiver.ReceiveInPlace())
        {
            Assert.That(message.Payload.IsEmpty, Is.True);
        }

        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        Assert.That(IpcChannel.Inspect(ChannelPath).MessagesReceived, Is.EqualTo(4));
    }

    [Test]
    public void EmptyMessagesFillTheRing()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open(ChannelPath);

        for (int sent = 0; sent < 4; sent++)
        {
            Assert.That(sender.TrySend([]), Is.True);
        }

        Assert.That(sender.TrySend([]), Is.False);
        for (int received = 0; received < 4; received++)
        {
            Assert.That(receiver.Receive(), Is.Empty);
        }
    }
}
