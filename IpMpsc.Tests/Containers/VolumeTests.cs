using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Containers;

/// <summary>
/// What containers see of each other's files, reproduced with mount namespaces: a private <c>/dev/shm</c>, a volume in memory that
/// both mount, and one of limited size.
/// </summary>
[Platform("Linux", Reason = "Uses namespaces")]
[CancelAfter(100_000)]
public sealed class VolumeTests : ChannelFixture
{
    private const long MiB = 1 << 20;

    /// <summary>As without <c>--ipc</c> and without a volume: the same path is another file.</summary>
    [Test]
    public void OwnMemoryIsNotShared()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using PeerProcess peer = Start(
            $"mount -t tmpfs -o size=64m tmpfs /dev/shm && mkdir '{Directory.Path}'", "sender", "Bytes", "Shared", ChannelPath);

        peer.ExpectExit(ExitCode.Channel);
        Assert.That(peer.Transcript(), Does.Contain(nameof(ChannelNotFoundException)));
    }

    /// <summary>As with <c>-v</c>: each side has the file at a different path, but it is one channel.</summary>
    [Test]
    public void VolumeIsSharedUnderAnyPath()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using PeerProcess peer = Start(
            $"mount --bind '{Directory.Path}' /mnt && mount -t tmpfs -o size=64m tmpfs /dev/shm", "payloads", "/mnt/channel", "0", "20");

        peer.ExpectExit(ExitCode.Success);
        Assert.That(receiver.Receive(), Has.Length.EqualTo(20));
    }

    /// <summary>As with <c>emptyDir: {medium: Memory, sizeLimit: 4Mi}</c>, and with the 64 MB that a container engine provides by default.</summary>
    [TestCase("4m", 8 * MiB, "4,194,304")]
    [TestCase("64m", 64 * MiB, "67,108,864")]
    public void ChannelThatDoesNotFitIsRefusedWithNumbers(string size, long capacity, string free)
    {
        using PeerProcess peer = Start($"mount -t tmpfs -o size={size} tmpfs /mnt", "create", "/mnt/channel", $"{capacity}", "0022");

        peer.ExpectExit(ExitCode.Channel);
        Assert.That(peer.Transcript(), Does.Contain($"{capacity + 4096 + (64 * 128):N0} bytes").And.Contain($"{free} "));
    }

    /// <summary>As with <c>-v ...:ro</c>: a process can observe, but not take part.</summary>
    [Test]
    public void ReadOnlyVolumeIsReported()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using PeerProcess peer = Start(
            $"mount --bind '{Directory.Path}' /mnt && mount -o remount,bind,ro /mnt", "sender", "Bytes", "Shared", "/mnt/channel");

        peer.ExpectExit(ExitCode.Channel);
        Assert.That(peer.Transcript(), Does.Contain(nameof(ChannelFileException)).And.Contain("Read-only file system"));
    }

    /// <summary>Starts a peer in a mount namespace of its own, in which a shell has mounted something first.</summary>
    private static PeerProcess Start(string mounting, params IEnumerable<string> words)
    {
        string[] confining = ["unshare", "--mount", "sh", "-c", $"{mounting} && exec \"$@\"", "sh"];
        (int exitCode, string output) = Shell.Run([.. confining, "true"]);
        if (exitCode != 0)
        {
            Assert.Ignore($"No file system can be mounted here: {output}");
        }

        return PeerProcess.StartBy(confining, new Dictionary<string, string>(), words);
    }
}
