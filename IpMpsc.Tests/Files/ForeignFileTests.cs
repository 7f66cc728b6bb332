using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>Directories in which a channel cannot be created, and files that are not, or no longer, a channel of this user.</summary>
public sealed class ForeignFileTests : ChannelFixture
{
    private const uint OtherUser = 12_345;

    [Platform("Linux", Reason = "Gives a file away with chown")]
    [Test]
    public void FileOfAnotherUserIsNotOpened()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        if (!Posix.TryChangeOwner(ChannelPath, OtherUser))
        {
            Assert.Ignore("Only root may give files away.");
        }

        Action[] openings =
        [
            () => ByteReceiver.Open(ChannelPath),
            () => ByteReceiver.OpenOrCreate(ChannelPath),
            () => ByteReceiver.Replace(ChannelPath),
            () => ByteSender.Open(ChannelPath),
            () => IpcChannel.Inspect(ChannelPath),
            () => IpcChannel.Delete(ChannelPath, evenIfInUse: true),
        ];
        foreach (Action open in openings)
        {
            Failure.Of(open).Expect<ChannelFileException>("belongs to user 12345", "runs as user 0");
        }

        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Platform("Linux", Reason = "Becomes another user")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [TestCase(UnixFileMode.None, new[] { "no permission in the directory", "user 12345" })]
    [TestCase(UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, new[] { "belongs to user 0", "runs as user 12345" })]
    public void ChannelOfAnotherUserIsRefused(UnixFileMode modeForOthers, string[] told)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        File.SetUnixFileMode(
            Directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | modeForOthers);

        FailureAsAnotherUser(() => ByteReceiver.OpenOrCreate(ChannelPath)).Expect<ChannelFileException>([ChannelPath, "one user", .. told]);
    }

    [Platform("Linux", Reason = "Becomes another user")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Test]
    public void ModeThatDeniesAChannelToItsOwnUserIsReported()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        File.SetUnixFileMode(ChannelPath, UnixFileMode.UserRead);
        File.SetUnixFileMode(
            Directory.Path, File.GetUnixFileMode(Directory.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Posix.TryChangeOwner(ChannelPath, OtherUser);

        FailureAsAnotherUser(() => ByteSender.Open(ChannelPath)).Expect<ChannelFileException>(ChannelPath, "mode 0400", "mode 0600");
    }

    [Platform("Linux", Reason = "Becomes another user")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    [Test]
    public void DirectoryThatDeniesADeletionIsReported()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        File.SetUnixFileMode(
            Directory.Path, File.GetUnixFileMode(Directory.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        Posix.TryChangeOwner(ChannelPath, OtherUser);

        FailureAsAnotherUser(() => IpcChannel.Delete(ChannelPath)).Expect<ChannelFileException>(
            "cannot be deleted", $"the directory '{Directory.Path}'", "does not let user");
    }

    private static Failure FailureAsAnotherUser(Action call)
    {
        Failure failure = Failure.Of(() => ByteSender.Open("/nowhere/channel")); // Loads what the call needs.
        if (!Posix.TryRunAs(OtherUser, () => failure = Failure.Of(call)))
        {
            Assert.Ignore("Only root may become another user.");
        }

        return failure;
    }

    [Platform("Linux", Reason = "Mounts a tmpfs")]
    [Test]
    public void ReadOnlyFileSystemIsReported()
    {
        System.IO.Directory.CreateDirectory(Directory["sealed"]);
        if (!Posix.TryMountReadOnlyTmpfs(Directory["sealed"]))
        {
            Assert.Ignore("Only root may mount a file system.");
        }

        try
        {
            string path = System.IO.Path.Join(Directory["sealed"], "channel");
            Failure.Of(() => ByteReceiver.Create(path)).Expect<ChannelFileException>("cannot be created", "Read-only");
            Failure.Of(() => ByteSender.OpenOrCreate(path)).Expect<ChannelFileException>("cannot be created", "Read-only");
            Failure.Of(() => ByteSender.Open(path)).Expect<ChannelNotFoundException>(path);
        }
        finally
        {
            Posix.Unmount(Directory["sealed"]);
        }
    }

    [Test]
    [Platform("Linux", Reason = "Windows has no /proc")]
    public void FileSystemThatTakesNoFilesIsRefused()
    {
        Failure.Of(() => ByteReceiver.Create("/proc/channel")).Expect<ChannelFileException>("/proc/", "cannot be created");
        Failure.Of(() => ByteSender.OpenOrCreate("/sys/channel")).Expect<ChannelFileException>("/sys/", "cannot be created");
        Failure.Of(() => ByteSender.Open("/proc/channel")).Expect<ChannelNotFoundException>();
    }

    [Test]
    [Platform("Linux", Reason = "Uses a file that can be opened but not mapped")]
    public void FileThatCannotBeMapped() =>
        Failure.Of(() => ByteReceiver.Open("/proc/self/comm")).Expect<ChannelMismatchException>("is not a channel");

    [TestCase(5000), TestCase(4096), TestCase(100), TestCase(0)]
    public void FileCutBeforeItIsOpened(long length)
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using (FileStream file = File.Open(ChannelPath, FileMode.Open))
        {
            file.SetLength(length);
        }

        foreach (Action open in (Action[])[() => ByteReceiver.Open(ChannelPath), () => ByteSender.Open(ChannelPath), () => IpcChannel.Inspect(ChannelPath)])
        {
            if (length < 4096)
            {
                Failure.Of(open).Expect<ChannelMismatchException>("is not a channel");
            }
            else
            {
                Failure.Of(open).Expect<ChannelCorruptException>("was truncated", $"{length:N0} bytes");
            }
        }

        Assert.That(new FileInfo(ChannelPath).Length, Is.EqualTo(length));
    }
}
