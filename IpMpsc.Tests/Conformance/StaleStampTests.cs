using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Payloads end within the stamp of an earlier lap, again and again. What remains of that stamp is not a record.</summary>
public sealed class StaleStampTests : ChannelFixture
{
    [Test]
    public void RestOfAnOldStampIsNotARecord([Values(1, 2, 3, 4, 5, 6, 7)] int overwritten)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        byte[] payload = new byte[32 + overwritten];
        Random random = new(overwritten);

        for (int lap = 0; lap < 20_000; lap++)
        {
            // Records of 48 bytes and of 64: the lap of the first one ends with padding at 48, into whose stamp the payload of
            // the second one reaches. The receiver looks there next, and must see neither padding nor a message.
            random.NextBytes(payload);
            sender.Send(payload.AsSpan(0, 32));
            Assert.That(receiver.Receive(), Is.EqualTo(payload[..32]));
            Assert.That(receiver.TryReceiveInPlace(out _), Is.False, $"Nothing was sent in lap {lap}.");
            Assert.That(sender.TrySend(payload), Is.True, "The message may use the bytes of the padding.");
            Assert.That(receiver.Receive(), Is.EqualTo(payload));
        }
    }
}
