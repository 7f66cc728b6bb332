using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Payloads that end within the stamp of an earlier lap, over and over: what is left there is no record.</summary>
public sealed class StaleStampTests : ChannelFixture
{
    [Test]
    public void RestOfAnOldStampIsNoRecord([Values(1, 2, 3, 4, 5, 6, 7)] int overwritten)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        byte[] payload = new byte[32 + overwritten];
        Random random = new(overwritten);

        for (int lap = 0; lap < 20_000; lap++)
        {
            // Records of 48 bytes and of 64: the lap of the first one ends with a filler at 48, into whose stamp the payload of
            // the second one reaches. The receiver looks there next, and must see neither a filler nor a message.
            random.NextBytes(payload);
            sender.Send(payload.AsSpan(0, 32));
            Assert.That(receiver.Receive(), Is.EqualTo(payload[..32]));
            Assert.That(receiver.TryReceiveInPlace(out _), Is.False, $"Nothing was sent in lap {lap}.");
            Assert.That(sender.TrySend(payload), Is.True, "It may take the filler's bytes.");
            Assert.That(receiver.Receive(), Is.EqualTo(payload));
        }
    }
}
