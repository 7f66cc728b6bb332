using IpMpsc.Platform;
using IpMpsc.Platform.Linux;
using IpMpsc.Platform.Unix;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>If the system or the file system refuses what channels need, the call fails at once with a clear error, and leaves nothing behind.</summary>
[Platform("Linux", Reason = "Sets a seccomp filter")]
public sealed class RefusedCallTests : ChannelFixture
{
    [Test]
    public void FileSystemWithoutLocksIsReported()
    {
        ByteReceiver.Create(Directory["made"]).Dispose();
        RefusedCall.WithoutLocks(() =>
        {
            Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelFileException>("cannot be locked", "error 37");
            Failure.Of(() => ByteSender.OpenOrCreate(ChannelPath)).Expect<ChannelFileException>("cannot be locked");
            Failure.Of(() => ByteSender.Open(Directory["made"])).Expect<ChannelFileException>("cannot be locked");
            Failure.Of(() => ByteReceiver.Replace(Directory["made"])).Expect<ChannelFileException>("cannot be locked");
            Failure.Of(() => IpcChannel.Delete(Directory["made"])).Expect<ChannelFileException>("cannot be locked");
        });
        Assert.That(Directory.Names, Is.EqualTo(["made"]));
    }

    /// <summary>
    /// The kernel may run out of locks while a channel is in use: a sender with a slot continues, and no sender gets
    /// another slot.
    /// </summary>
    [Test]
    public void SenderContinuesWithTheSlotsItHas()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { EndWithSenders = true });
        ByteSender sender = ByteSender.Open(ChannelPath);
        RefusedCall.WithoutLocks(() =>
        {
            using (ByteClaim claim = sender.Claim(1))
            {
                Assert.That(sender.TrySend([1]), Is.False, "The send needs another slot.");
                claim.Commit();
            }

            Assert.That(sender.TrySend([2]), Is.True);
            sender.Dispose();
        });

        Assert.That(receiver.Receive(), Has.Length.EqualTo(1));
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 2 }));
        Assert.That(receiver.IsCompleted, "The slot was given back with the file.");
    }

    [Test]
    public void ChannelIsMadeWhereAFileHasOneNameOnly()
    {
        try
        {
            RefusedCall.WithoutLinks(() =>
            {
                using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
                ExpectUsable(receiver);
                Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelInUseException>(ChannelPath);
            });
        }
        finally
        {
            ((UnixSegmentStore)HostPlatform.Current.Segments).UsesUnnamedFiles = true; // The call under test turned this off.
        }

        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Test]
    public void ReceiverOfADeletedChannelLeavesWhereNothingCanBeListed()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        Assert.That(IpcChannel.Delete(ChannelPath, evenIfInUse: true));
        RefusedCall.WithoutListing(() =>
        {
            Assert.Throws<IOException>(() => System.IO.Directory.GetFiles(Directory.Path));
            Assert.DoesNotThrow(receiver.Dispose);
        });
        Failure.Of(() => receiver.Receive()).Expect<ObjectDisposedException>();
    }

    [Test]
    public void ReceiverThatCannotRemoveItsChannelLeavesItToTheNext()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { DeleteOnDispose = true });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        RefusedCall.WithoutRemoval(() => Assert.DoesNotThrow(receiver.Dispose));

        Failure.Of(() => sender.Send([1])).Expect<ChannelRetiredException>(ChannelPath);
        Assert.That(IpcChannel.Inspect(ChannelPath).IsRetired);
        using ByteReceiver next = ByteReceiver.OpenOrCreate(ChannelPath);
        ExpectUsable(next);
    }

    /// <summary>As under the filter of an old container engine: an older system call gives the same information about files.</summary>
    [Test]
    public void FilterWithoutStatxIsNoObstacle()
    {
        Assert.That(IpcChannel.Shortcomings, Has.None.Contains("statx"));
        ByteReceiver.Create(Directory["made"], new IpcChannelOptions { Capacity = 4096 }).Dispose();
        RefusedCall.WithoutStatx(() =>
        {
            Assert.That(IpcChannel.Shortcomings, Has.One.Contains("statx"));
            using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath))
            {
                ExpectUsable(receiver);
                Failure.Of(() => ByteSender.Open(Directory.Path)).Expect<ChannelFileException>("is a directory");
            }

            using (ByteReceiver receiver = ByteReceiver.Replace(Directory["made"], new IpcChannelOptions { Capacity = 8192 }))
            {
                Assert.That(IpcChannel.Inspect(receiver.Path).Capacity, Is.EqualTo(8192));
                Assert.That(IpcChannel.Delete(ChannelPath));
            }
        });
        Assert.That(Directory.Names, Is.EqualTo(["made"]));
    }

    /// <summary>
    /// A process that opened the channel before the filter was installed compares the results of both calls for a file.
    /// </summary>
    [Test]
    public void BothCallsGiveTheSameInformation()
    {
        File.WriteAllText(ChannelPath, "text");
        foreach (string path in (string[])[ChannelPath, Directory.Path, "/dev/null", "/tmp"])
        {
            FileStatus? status = Statx.OfPath(path);
            FileStatus? older = null;
            RefusedCall.WithoutStatx(() => older = Statx.OfPath(path));
            Assert.That(older, Is.EqualTo(status), path);
        }
    }
}
