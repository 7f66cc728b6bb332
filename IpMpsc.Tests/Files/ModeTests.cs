using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>Files are private to their user, whatever the umask, and child processes do not inherit them.</summary>
[Platform("Linux", Reason = "Looks at modes, umasks and /proc")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ModeTests : ChannelFixture
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateDirectory = PrivateFile | UnixFileMode.UserExecute;

    [TestCase("0000")]
    [TestCase("0022")]
    [TestCase("0277")]
    [TestCase("0777")]
    public void PrivateWhateverTheUmask(string mask)
    {
        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = Directory.Path };
        using PeerProcess creator = PeerProcess.Start(environment, "create", "named", "4096", mask);
        creator.Expect(Directory["ipmpsc/named"]);

        Assert.That(File.GetUnixFileMode(Directory["ipmpsc/named"]), Is.EqualTo(PrivateFile));
        Assert.That(File.GetUnixFileMode(Directory["ipmpsc"]), Is.EqualTo(PrivateDirectory));
        using (ByteSender sender = ByteSender.Open(Directory["ipmpsc/named"]))
        {
            sender.Send("readable"u8);
        }

        creator.Say("end");
        creator.ExpectExit(ExitCode.Success);
    }

    [Test]
    public void RuntimeDirectoryThatIsOpenToOthersIsRefused()
    {
        System.IO.Directory.CreateDirectory(Directory["ipmpsc"]);
        File.SetUnixFileMode(Directory["ipmpsc"], PrivateDirectory | UnixFileMode.OtherRead);
        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = Directory.Path };

        using PeerProcess creator = PeerProcess.Start(environment, "create", "named", "4096", "0022");

        creator.ExpectExit(ExitCode.Channel);
        Assert.That(creator.Transcript(), Does.Contain($"'{Directory["ipmpsc"]}' (from XDG_RUNTIME_DIR)").And.Contain("mode 0704").And.Contain("mode 0700"));
    }

    [Test]
    public void RuntimeDirectoryThatIsALinkIsRefused()
    {
        System.IO.Directory.CreateDirectory(Directory["elsewhere"]);
        System.IO.Directory.CreateSymbolicLink(Directory["ipmpsc"], Directory["elsewhere"]);
        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = Directory.Path };

        using PeerProcess creator = PeerProcess.Start(environment, "create", "named", "4096", "0022");

        creator.ExpectExit(ExitCode.Channel);
        Assert.That(System.IO.Directory.GetFileSystemEntries(Directory["elsewhere"]), Is.Empty);
    }

    [Test]
    public void ChildrenDoNotInheritTheChannel()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using PeerProcess child = PeerProcess.Start("serve");
        child.Expect("ready");

        Assert.That(OpenFiles.Of(Environment.ProcessId), Does.Contain(ChannelPath), "The channel is open here.");
        Assert.That(OpenFiles.Of(child.Id), Does.Not.Contain(ChannelPath));
    }

    /// <summary>
    /// A forked child that executes no program would keep its parent's open file description, and so its locks, through its copy
    /// of the mapping. The flag "dc" says that it gets no copy.
    /// </summary>
    [Test]
    public void ChildrenGetNoCopyOfTheMapping()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        string[] mappings = File.ReadAllText("/proc/self/smaps").Split("VmFlags:");

        string[] flags =
        [
            .. from at in Enumerable.Range(0, mappings.Length - 1)
               where mappings[at].Contains(Directory.Path)
               select mappings[at + 1].Split('\n')[0],
        ];
        Assert.That(flags, Has.Length.EqualTo(2));
        Assert.That(flags, Has.All.Contains(" dc"));
    }

    [Test]
    public void NothingStaysOpen()
    {
        for (int round = 0; round < 3; round++)
        {
            ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath);
            ByteSender sender = ByteSender.Open(ChannelPath);
            Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelInUseException>();
            Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelInUseException>();
            Failure.Of(() => ByteSender.Open(ChannelPath, new IpcChannelOptions { Capacity = 64 })).Expect<ChannelMismatchException>();
            IpcChannel.Inspect(ChannelPath);
            sender.Dispose();
            receiver.Dispose();
        }

        Assert.That(OpenFiles.Of(Environment.ProcessId), Has.None.StartsWith(Directory.Path));
        Assert.That(File.ReadAllLines("/proc/self/maps"), Has.None.Contain(Directory.Path));
    }
}
