using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>A creator that stands still is not robbed of the file that it makes.</summary>
public sealed class PausedCreatorTests : ChannelFixture
{
    [Test]
    public void ItsFileIsKeptUntilItGoesOn(
        [Values("create.allocate", "create.initialise", "create.publish")] string step)
    {
        using PeerProcess peer = PeerProcess.Start(CrashOrder.Stop(step), "file", "create", ChannelPath);
        Patience.Until(() => Directory.Names.Length == 1, "the creator has made its file");
        peer.AwaitStopped();
        string temporary = Directory.Names.Single();

        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath))
        {
            Assert.That(Directory.Names, Is.EquivalentTo([temporary, "channel"]), "It is in use, by somebody who stands still.");
            peer.Continue();
            peer.ExpectExit(ExitCode.Channel);
            Assert.That(Directory.Names, Is.EqualTo(["channel"]), "Who came too late cleans up.");
            ExpectUsable(receiver);
        }
    }

    [Test]
    public void ItsFileIsRemovedWhenItWasKilled()
    {
        using (PeerProcess peer = PeerProcess.Start(CrashOrder.Stop("create.publish"), "file", "create", ChannelPath))
        {
            Patience.Until(() => Directory.Names.Length == 1, "the creator has made its file");
            peer.AwaitStopped();
            peer.Kill();
        }

        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }
}
