using System.Buffers;
using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.BadInput;

/// <summary>Claims of bytes that are committed with a shorter length, and the writer that fills them.</summary>
public sealed class ShorterCommitTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 256 };

    [Test]
    public void EveryLengthOfEveryClaimArrives()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ExclusiveByteSender sender = ExclusiveByteSender.Open(ChannelPath);
        for (int claimed = 0; claimed <= 100; claimed++)
        {
            for (int length = 0; length <= claimed; length++)
            {
                using ByteClaim claim = sender.Claim(claimed);
                claim.Payload.Fill((byte)length);
                claim.Commit(length, (ushort)claimed);

                using ReceivedBytes message = receiver.ReceiveInPlace();
                Assert.That(message.Payload.Length, Is.EqualTo(length));
                Assert.That(message.Payload.IndexOfAnyExcept((byte)length), Is.EqualTo(-1));
                Assert.That(message.MessageId, Is.EqualTo(claimed));
            }
        }

        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
    }

    [Test]
    public void MoreThanTheClaimIsRefusedAndTheClaimStaysOpen([Values(-1, 33)] int length)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ByteClaim claim = sender.Claim(32);
        ExpectRefused(claim, length);
        claim.Payload.Fill(7);
        claim.Commit(32);
        Assert.That(receiver.Receive(), Has.Length.EqualTo(32).And.All.EqualTo(7));
    }

    [Test]
    public void AWriterFillsClaimsOneAfterTheOther()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        ByteClaimWriter writer = new();
        for (byte number = 1; number < 50; number++)
        {
            using ByteClaim claim = sender.Claim(64);
            writer.Begin(claim);
            writer.GetSpan(10).Fill(number);
            writer.Advance(10);
            writer.GetMemory(5).Span[..5].Fill(number);
            writer.Advance(5);
            claim.Commit(writer.WrittenCount);
            Assert.That(receiver.Receive(), Has.Length.EqualTo(15).And.All.EqualTo(number));
        }
    }

    [Test]
    public void AFullWriterReportsHowMuchIsMissing()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ByteClaim claim = sender.Claim(20);
        ByteClaimWriter writer = new();
        writer.Begin(claim);
        writer.Advance(12);

        Assert.That(() => writer.GetSpan(9), Throws.InvalidOperationException.With.Message.Contains("9 more"));
        Assert.That(() => writer.Advance(9), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(writer.GetSpan(8).Length, Is.EqualTo(8));
        writer.Advance(8);
        Assert.That(() => writer.GetSpan(), Throws.InvalidOperationException);
    }

    [Test]
    public void MemoryOfAnEndedClaimIsNotAccessible()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        ByteClaimWriter writer = new();
        ByteClaim claim = sender.Claim(20);
        writer.Begin(claim);
        Memory<byte> kept = writer.GetMemory();
        using (MemoryHandle handle = kept.Pin())
        {
            claim.Commit(5);
        }

        Assert.That(() => kept.Span.Length, Throws.InvalidOperationException, "The claim has ended.");
        Assert.That(() => writer.GetSpan(), Throws.InvalidOperationException);

        using ByteClaim next = sender.Claim(20);
        writer.Begin(next);
        Assert.That(() => kept.Span.Length, Throws.InstanceOf<ObjectDisposedException>(), "The old memory gives no access to another claim.");
    }

    private static void ExpectRefused(ByteClaim claim, int length)
    {
        try
        {
            claim.Commit(length);
            Assert.Fail("A length that the claim does not have was accepted.");
        }
        catch (ArgumentOutOfRangeException refused)
        {
            Assert.That(refused.Message, Does.Contain("32 bytes"));
        }
    }

    [Test]
    public void TheRestOfAShorterCommitIsFreeAgain()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        for (int round = 0; round < 100; round++)
        {
            using ByteClaim claim = sender.Claim(256 - RecordDescriptor.HeaderSize - 96);
            claim.Commit(1);
            Assert.That(receiver.Receive(), Has.Length.EqualTo(1));
            Assert.That(receiver.TryReceiveInPlace(out _), Is.False, "The receiver skips the rest of the claim.");
        }
    }
}
