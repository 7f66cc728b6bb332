using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>Slots whose owners died: kept as long as their last claim counts, then used again.</summary>
public sealed class SlotTests
{
    public const string KeptSlotStep = "slot.unlock";

    private TestDirectory _directory = null!;

    private string Path => _directory["channel"];

    [SetUp]
    public void CreateChannel()
    {
        _directory = new TestDirectory();
        ByteReceiver.Create(Path, new ChannelOptions { Capacity = 4096, MaxSenders = 2 }).Dispose();
    }

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    /// <summary>A newcomer dies with the lock of a slot that it may not use.</summary>
    [Test]
    public void NewcomerDiesAtAKeptSlot()
    {
        Die("wake.check", 1);
        Die(KeptSlotStep, 1);
        RequireMessages(1);
    }

    /// <summary>The slots of dead senders with messages that were not received are not given away.</summary>
    [Test]
    public void SlotsOfTheDeadAreKeptUntilTheirClaimIsReleased()
    {
        Die("commit.stamp", 2);
        Die("wake.check", 1);
        Assert.That(() => ByteSender.Open(Path), Throws.TypeOf<ChannelInUseException>());
        RequireMessages(2);
    }

    /// <summary>Claims that were stored and never won stand beyond the tail of an idle channel; they use no slot up.</summary>
    [Test]
    public void ClaimsThatWereNeverWonUseNoSlotUp()
    {
        for (int death = 0; death < 4; death++)
        {
            Die("claim.cas-tail", 1);
        }

        RequireMessages(0);
    }

    private void Die(string step, int occurrence)
    {
        using PeerProcess peer = PeerProcess.Start(CrashOrder.Kill(step, occurrence), "send", "Bytes", "Shared", Path, "0", "3", "Send", "0", "0");
        peer.ExpectKilled();
    }

    private void RequireMessages(int count)
    {
        using (ByteReceiver receiver = ByteReceiver.Open(Path))
        {
            for (int message = 0; message < count; message++)
            {
                ByteProbe.Verify(receiver.Receive());
            }

            Assert.That(receiver.TryReceiveMessage(out _), Is.False);
        }

        using ByteSender first = ByteSender.Open(Path);
        using ByteSender second = ByteSender.Open(Path);
    }
}
