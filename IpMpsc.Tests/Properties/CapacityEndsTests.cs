using IpMpsc.Layout;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Properties;

/// <summary>Sizes are computed right in the smallest ring and in the largest, where a sum of two no longer fits an int.</summary>
public sealed class CapacityEndsTests : ChannelFixture
{
    private static readonly long[] s_capacities = [64, 1L << 31];

    [TestCaseSource(nameof(s_capacities))]
    public void BatchesClaimsAndShorterCommitsFit(long capacity)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = capacity });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        int largest = sender.MaxMessageSize;
        Assert.That(largest, Is.EqualTo(capacity - RecordDescriptor.HeaderSize));

        sender.SendBatch([new byte[16], new byte[16]]);
        Assert.That(receiver.Receive(), Has.Length.EqualTo(16));
        Assert.That(receiver.Receive(), Has.Length.EqualTo(16));
        Assert.That(sender.TrySendBatch([new byte[1], ReadOnlyMemory<byte>.Empty]), Is.EqualTo(2));
        Assert.That(receiver.Receive(), Has.Length.EqualTo(1));
        Assert.That(receiver.Receive(), Is.Empty);

        // Positions are now in the middle of the smallest ring, so the largest claim waits until the padding is released.
        ExpectTooLarge(sender, largest + 1);
        ExpectTooLarge(sender, int.MaxValue);
        Task receiving = Background.Run(() => Assert.That(receiver.Receive(), Has.Length.EqualTo(3)));
        using (ByteClaim claim = sender.Claim(largest))
        {
            Assert.That(claim.Payload.Length, Is.EqualTo(largest));
            claim.Commit(3);
        }

        receiving.Finish("The receiver");
        ExpectUsable(receiver);
    }

    [TestCaseSource(nameof(s_capacities))]
    public void TypedBatchesFit(long capacity)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { Capacity = capacity });
        using ExclusiveSender<Tick> sender = ExclusiveSender<Tick>.Open(ChannelPath);

        sender.SendBatch([new Tick { Number = 1 }, new Tick { Number = 2 }]);

        Assert.That(receiver.Receive().Number, Is.EqualTo(1));
        Assert.That(receiver.Receive().Number, Is.EqualTo(2));
    }

    private static void ExpectTooLarge(ByteSender sender, int length)
    {
        Assert.Throws<MessageTooLargeException>(() => sender.Claim(length).Dispose());
        Assert.Throws<MessageTooLargeException>(() =>
        {
            if (sender.TryClaim(length, out ByteClaim claim))
            {
                claim.Abort();
            }
        });
    }
}
