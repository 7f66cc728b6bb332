using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.BadInput;

/// <summary>A file at a channel's path that is not a channel is named in the error, and never touched.</summary>
public sealed class PathTests : ChannelFixture
{
    private static readonly Action<string>[] s_openings =
    [
        path => ByteReceiver.Create(path),
        path => ByteReceiver.Open(path),
        path => ByteReceiver.OpenOrCreate(path),
        path => ByteReceiver.Replace(path),
        path => ByteSender.Open(path),
        path => ByteSender.OpenOrCreate(path),
        path => IpcChannel.Inspect(path),
        path => IpcChannel.Delete(path),
    ];

    [Test]
    public void MissingDirectory()
    {
        string path = System.IO.Path.Join(Directory["missing"], "channel");

        foreach (Action<string> open in s_openings.Take(6))
        {
            Failure.Of(() => open(path)).Expect<ChannelFileException>($"'{Directory["missing"]}' does not exist", "create it first");
        }

        Assert.That(Directory.Names, Is.Empty);
    }

    [Test]
    public void ParentIsAFile()
    {
        File.WriteAllText(Directory["file"], "content");

        Failure.Of(() => ByteReceiver.Create(Directory["file/channel"])).Expect<ChannelFileException>(Directory["file"]);
        Failure.Of(() => ByteSender.Open(Directory["file/channel"])).Expect<ChannelFileException>(Directory["file"]);
    }

    [Test]
    public void ADirectory()
    {
        System.IO.Directory.CreateDirectory(ChannelPath);

        ExpectAll<ChannelFileException>($"'{ChannelPath}' is a directory", "name a file in it");
        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
    }

    [Platform("Linux", Reason = "Wine 8 cannot create symbolic links")]
    [Test]
    public void ALinkIsNotFollowed()
    {
        using ByteReceiver target = ByteReceiver.Create(Directory["target"]);
        File.CreateSymbolicLink(ChannelPath, Directory["target"]);

        ExpectAll<ChannelFileException>($"'{ChannelPath}' is a symbolic link", "not followed");
        ExpectUsable(target);
        Assert.That(new FileInfo(ChannelPath).LinkTarget, Is.EqualTo(Directory["target"]));
    }

    [Platform("Linux", Reason = "Wine 8 cannot create symbolic links")]
    [Test]
    public void ALinkToNothingIsNotFollowed()
    {
        File.CreateSymbolicLink(ChannelPath, Directory["nothing"]);

        ExpectAll<ChannelFileException>($"'{ChannelPath}' is a symbolic link", "not followed");
        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
    }

    [Platform("Linux", Reason = "On Windows, pipes do not lie in directories")]
    [Test]
    public void AFifoDoesNotBlock()
    {
        Posix.MakeFifo(ChannelPath);

        ExpectAll<ChannelFileException>($"'{ChannelPath}' is not a regular file");
        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
    }

    [TestCase(0)]
    [TestCase(100)]
    [TestCase(4096)]
    [TestCase(100_000)]
    public void FileThatIsNotAChannelIsNotTouched(int length)
    {
        byte[] content = new byte[length];
        new Random(length).NextBytes(content);
        File.WriteAllBytes(ChannelPath, content);
        DateTime written = File.GetLastWriteTimeUtc(ChannelPath);

        foreach (Action<string> open in s_openings)
        {
            Failure.Of(() => open(ChannelPath)).Expect<ChannelMismatchException>($"'{ChannelPath}' is not a channel");
        }

        Assert.That(File.ReadAllBytes(ChannelPath), Is.EqualTo(content));
        Assert.That(File.GetLastWriteTimeUtc(ChannelPath), Is.EqualTo(written));
        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
    }

    [Test]
    public void FileThatIsNotAChannelIsReportedWithItsFirstBytes()
    {
        File.WriteAllText(ChannelPath, new string('x', 5000));

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelMismatchException>(
            "0x7878787878787878 instead of 0x1A896373704D7049", "Nothing was changed");
    }

    [Test]
    public void MissingChannelIsReported()
    {
        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelNotFoundException>($"no channel '{ChannelPath}'", "OpenOrCreate");
        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelNotFoundException>(
            $"no channel '{ChannelPath}'", "Start its receiver", "compare this path");
        Failure.Of(() => ExclusiveSender<FixedProbe>.Open(ChannelPath)).Expect<ChannelNotFoundException>(ChannelPath);
        Failure.Of(() => IpcChannel.Inspect(ChannelPath)).Expect<ChannelNotFoundException>(ChannelPath);
        Assert.That(IpcChannel.Delete(ChannelPath), Is.False);
        Assert.That(IpcChannel.Exists(ChannelPath), Is.False);
        Assert.That(Directory.Names, Is.Empty);
    }

    [Platform("Linux", Reason = "Mounts a tmpfs")]
    [Test]
    public void FullFileSystemIsReportedWithNumbers()
    {
        System.IO.Directory.CreateDirectory(Directory["small"]);
        if (!Posix.TryMountTmpfs(Directory["small"], 1 << 20))
        {
            Assert.Ignore("Only root may mount a small file system.");
        }

        try
        {
            string path = System.IO.Path.Join(Directory["small"], "channel");
            Failure.Of(() => ByteReceiver.Create(path, new IpcChannelOptions { Capacity = 1 << 20 })).Expect<ChannelFileException>(
                $"{(1 << 20) + 12_288:N0} bytes", $"{1 << 20:N0} free", "smaller capacity");
            Assert.That(System.IO.Directory.GetFileSystemEntries(Directory["small"]), Is.Empty, "Nothing is left behind.");

            using ByteReceiver receiver = ByteReceiver.Create(path, new IpcChannelOptions { Capacity = 1 << 19 });
            ExpectUsable(receiver);
            Failure.Of(() => ByteReceiver.Create(path + "2", new IpcChannelOptions { Capacity = 1 << 19 })).Expect<ChannelFileException>(
                "smaller capacity");
            ExpectUsable(receiver);
        }
        finally
        {
            Posix.Unmount(Directory["small"]);
        }
    }

    private void ExpectAll<T>(params string[] told) where T : Exception
    {
        foreach (Action<string> open in s_openings)
        {
            Failure.Of(() => open(ChannelPath)).Expect<T>(told);
        }
    }
}
