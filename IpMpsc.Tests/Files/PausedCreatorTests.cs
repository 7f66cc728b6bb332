using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>A paused creator keeps the file that it creates; what a killed one leaves is soon removed.</summary>
public sealed class PausedCreatorTests : ChannelFixture
{
    /// <summary>On Linux, files have temporary names only if the file system needs them, or if this variable asks for them.</summary>
    private static readonly Dictionary<string, string> s_named = new() { ["IPMPSC_FILES"] = "named" };

    [Test]
    public void ItsFileIsKeptUntilItGoesOn(
        [Values("create.allocate", "create.initialise", "create.publish")] string step)
    {
        using PeerProcess peer = PeerProcess.Start(Named(CrashOrder.Stop(step)), "file", "create", ChannelPath);
        Patience.Until(() => Directory.Names.Length == 1, "the creator has made its file");
        peer.AwaitStopped();
        string temporary = Directory.Names.Single();

        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath))
        {
            Assert.That(Directory.Names, Is.EquivalentTo([temporary, "channel"]), "The file is in use by a paused process.");
            peer.Continue();
            peer.ExpectExit(ExitCode.Channel);
            Assert.That(Directory.Names, Is.EqualTo(["channel"]), "The creator that came too late has cleaned up.");
            ExpectUsable(receiver);
        }
    }

    [Test]
    public void ItsFileIsRemovedWhenItWasKilled()
    {
        using (PeerProcess peer = PeerProcess.Start(Named(CrashOrder.Stop("create.publish")), "file", "create", ChannelPath))
        {
            Patience.Until(() => Directory.Names.Length == 1, "the creator has made its file");
            peer.AwaitStopped();
            peer.Kill();
        }

        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Platform("Linux", Reason = "Other systems have no unnamed files")]
    [Test]
    public void FileHasNoNameBeforeItIsComplete(
        [Values("create.allocate", "create.initialise", "create.publish")] string step)
    {
        using (PeerProcess peer = PeerProcess.Start(CrashOrder.Stop(step), "file", "create", ChannelPath))
        {
            peer.AwaitStopped();
            Assert.That(Directory.Names, Is.Empty, "A creator that is killed now leaves nothing.");
            using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath))
            {
                ExpectUsable(receiver);
            }

            peer.Continue();
            peer.ExpectExit(ExitCode.Channel);
        }

        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    private static Dictionary<string, string> Named(IReadOnlyDictionary<string, string> order) =>
        s_named.Concat(order).ToDictionary(static pair => pair.Key, static pair => pair.Value);
}
