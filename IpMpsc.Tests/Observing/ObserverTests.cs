using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Observing;

/// <summary>An observer describes a channel without affecting it.</summary>
public sealed class ObserverTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096, MaxSenders = 4 };

    [Test]
    public void TheSegmentIsMappedForReadingOnly()
    {
        ByteReceiver.Create(ChannelPath, s_small).Dispose();
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);

        Assert.That(OpenFiles.MappingsOf(Environment.ProcessId, ChannelPath), Is.EqualTo(new[] { "r--s" }));
        Assert.That(
            OpenFiles.ModesOf(Environment.ProcessId, ChannelPath),
            Is.EqualTo(new[] { 0 }),
            "A read-only descriptor cannot take an exclusive lock.");
    }

    [Test]
    public void NothingInTheSegmentChanges()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([1, 2, 3]);
        byte[] before = File.ReadAllBytes(ChannelPath);

        using (ChannelObserver observer = ChannelObserver.Open(ChannelPath))
        {
            observer.Inspect();
            observer.Peek();
        }

        IpcChannel.Inspect(ChannelPath);
        Assert.That(File.ReadAllBytes(ChannelPath), Is.EqualTo(before));
    }

    [Test]
    public void HeadIsWhatTheReceiverFindsNext()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelInfo empty = observer.Inspect();
        Assert.That((empty.Head, empty.HeadPosition, empty.TailPosition), Is.EqualTo((HeadState.Empty, 0L, 0L)));

        using (ByteClaim claim = sender.Claim(16))
        {
            ChannelInfo claimed = observer.Inspect();
            Assert.That((claimed.Head, claimed.TailPosition), Is.EqualTo((HeadState.Claimed, 32L)));
            Assert.That(claimed.BlockedBy, Is.Null, "The receiver has not begun to wait.");
            claim.Commit();
        }

        Assert.That(observer.Inspect().Head, Is.EqualTo(HeadState.Ready));
        receiver.Receive();
        ChannelInfo received = observer.Inspect();
        Assert.That((received.Head, received.HeadPosition), Is.EqualTo((HeadState.Empty, 32L)));
    }

    [Test]
    public void AClaimIsInFlightUntilItIsCommitted()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        sender.Send([1]);
        Assert.That(observer.Inspect().Senders.Single().ClaimSince, Is.Null);

        DateTimeOffset before = DateTimeOffset.UtcNow;
        ByteClaim claim = sender.Claim(16);
        DateTimeOffset? first = observer.Inspect().Senders.Single().ClaimSince;
        DateTimeOffset? second = observer.Inspect().Senders.Single().ClaimSince;
        claim.Commit();

        Assert.That(first, Is.InRange(before, DateTimeOffset.UtcNow));
        Assert.That(second, Is.EqualTo(first), "The time does not restart with each inspection.");
        Assert.That(observer.Inspect().Senders.Single().ClaimSince, Is.Null);
    }

    [Test]
    public void DamagedPositionsAreShown([Values(8L, -16L, 1L << 40)] long head)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using SegmentWords words = new(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);

        words.Write(HeaderDescriptor.HeadOffset, head);

        Assert.That((observer.Inspect().Head, observer.Inspect().HeadPosition), Is.EqualTo((HeadState.Corrupt, head)));
        Assert.That(IpcChannel.Inspect(ChannelPath).Head, Is.EqualTo(HeadState.Corrupt));
        Assert.That(observer.Peek().Messages, Is.Empty);
    }

    [Test]
    public void AnObserverOutlivesTheChannel()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        receiver.Dispose();
        Assert.That(observer.Inspect().IsRetired, Is.False);

        Assert.That(IpcChannel.Delete(ChannelPath), Is.True, "An observer does not keep a channel in use.");

        Assert.That(observer.Inspect().IsRetired, Is.True);
    }

    [Test]
    public void AnObserverThatWasDisposedSaysSo()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        observer.Dispose();
        observer.Dispose();

        Assert.That(() => observer.Inspect(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => observer.Peek(), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => ChannelObserver.Open("no-such-channel"), Throws.TypeOf<ChannelNotFoundException>());
    }
}
