using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>Slots whose owners died are kept as long as their last claim may be that of a gap, and reused afterwards.</summary>
public sealed class SlotTests : ChannelFixture
{
    /// <summary>Steps at a slot of a dead sender whose message is committed and was not received.</summary>
    public static readonly string[] StampedSlotSteps = ["slot.check-lost", "slot.check-stamped", "slot.recheck-head"];

    // A slot is checked before it is locked, and again afterwards.
    private const int WithoutLock = 1;
    private const int WithLock = 2;

    [SetUp]
    public void CreateChannel() =>
        ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096, MaxSenders = 2 }).Dispose();

    /// <summary>A newcomer is paused while it looks for a slot: it is not mistaken for the owner of a gap that it finds there.</summary>
    [Test]
    public void PausedNewcomerBlocksNoGap([Values(1, 2)] int occurrence)
    {
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        Die("commit.stamp", 1);
        using PeerProcess newcomer = PeerProcess.Start(CrashOrder.Stop("slot.check-claim", occurrence), "file", "open-sender", ChannelPath);
        newcomer.AwaitStopped();

        sender.Send([1]);

        Assert.That(Background.Run(() => receiver.Receive()).Finish("The message behind the gap"), Is.EqualTo(new byte[] { 1 }));
        newcomer.Kill();
    }

    /// <summary>The slots of dead senders are not given to others until their gaps are skipped.</summary>
    [Test]
    public void SlotsOfTheDeadAreKeptUntilTheirGapIsSkipped()
    {
        Die("commit.stamp", 2);
        Die("commit.stamp", 2);
        Assert.That(() => ByteSender.Open(ChannelPath), Throws.TypeOf<ChannelInUseException>());
        RequireMessages(2);
    }

    /// <summary>The first messages of a batch are committed, the rest is a gap.</summary>
    [Test]
    public void SlotOfABatchThatIsStampedInPartIsKept()
    {
        const int stamped = 3;
        string path = Directory["batches"];
        Receiver<FixedProbe>.Create(path, new IpcChannelOptions { Capacity = 4096, MaxSenders = 1 }).Dispose();
        using (PeerProcess peer = PeerProcess.Start(
            CrashOrder.Kill("commit.stamp", stamped + 1), "send", "Fixed", "Exclusive", path, "0", "7", "SendBatch", "0", "0"))
        {
            peer.ExpectKilled();
        }

        Assert.That(() => ExclusiveSender<FixedProbe>.Open(path), Throws.TypeOf<ChannelInUseException>());
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Open(path);
        for (int message = 0; message < stamped; message++)
        {
            Assert.That(receiver.Receive().Verify().Sequence, Is.EqualTo(message));
        }

        Assert.That(receiver.TryReceive(out _), Is.False);
        using ExclusiveSender<FixedProbe> next = ExclusiveSender<FixedProbe>.Open(path);
    }

    /// <summary>Senders send and are killed, one after another, while nobody receives.</summary>
    [Test]
    public void StampedClaimsUseUpNoSlot()
    {
        for (int death = 0; death < 4; death++)
        {
            Die("wake.check", 1);
        }

        RequireMessages(4);
    }

    /// <summary>
    /// A newcomer dies while it checks whether the records of a claim are stamped: the slot stays as it was.
    /// </summary>
    [Test]
    public void NewcomerDiesAtAStampedClaim(
        [ValueSource(nameof(StampedSlotSteps))] string step, [Values(WithoutLock, WithLock)] int occurrence)
    {
        Die("wake.check", 1);
        Die(step, occurrence);
        RequireMessages(1);
    }

    /// <summary>
    /// Claims that were stored and never won lie beyond the tail of an idle channel; they use up no slot.
    /// </summary>
    [Test]
    public void ClaimsThatWereNeverWonUseUpNoSlot()
    {
        for (int death = 0; death < 4; death++)
        {
            Die("claim.cas-tail", 1);
        }

        RequireMessages(0);
    }

    private void Die(string step, int occurrence)
    {
        using PeerProcess peer = PeerProcess.Start(
            CrashOrder.Kill(step, occurrence), "send", "Bytes", "Shared", ChannelPath, "0", "3", "Send", "0", "0");
        peer.ExpectKilled();
    }

    private void RequireMessages(int count)
    {
        using (ByteReceiver receiver = ByteReceiver.Open(ChannelPath))
        {
            for (int message = 0; message < count; message++)
            {
                ByteProbe.Verify(receiver.Receive());
            }

            Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        }

        using ByteSender first = ByteSender.Open(ChannelPath);
        using ByteSender second = ByteSender.Open(ChannelPath);
    }
}
