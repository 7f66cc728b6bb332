using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>A system, or a file system, that refuses what channels need is an error in words, at once, and leaves nothing behind.</summary>
[Platform("Linux", Reason = "Sets a seccomp filter")]
public sealed class RefusedCallTests : ChannelFixture
{
    [Test]
    public void FileSystemWithoutLocksIsTold()
    {
        ByteReceiver.Create(Directory["made"]).Dispose();
        RefusedCall.WithoutLocks(() =>
        {
            Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelFileException>("cannot be locked", "error 37");
            Failure.Of(() => ByteSender.OpenOrCreate(ChannelPath)).Expect<ChannelFileException>("cannot be locked");
            Failure.Of(() => ByteSender.Open(Directory["made"])).Expect<ChannelFileException>("cannot be locked");
            Failure.Of(() => ByteReceiver.Replace(Directory["made"])).Expect<ChannelFileException>("cannot be locked");
            Failure.Of(() => Channel.Delete(Directory["made"])).Expect<ChannelFileException>("cannot be locked");
        });
        Assert.That(Directory.Names, Is.EqualTo(["made"]));
    }

    [Test]
    public void ChannelIsMadeWhereAFileHasOneNameOnly()
    {
        RefusedCall.WithoutLinks(() =>
        {
            using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
            ExpectUsable(receiver);
            Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelInUseException>(ChannelPath);
        });
        Assert.That(Directory.Names, Is.EqualTo(["channel"]));
    }

    [Test]
    public void FilterWithoutStatxIsTold()
    {
        ByteReceiver.Create(Directory["made"]).Dispose();
        RefusedCall.WithoutStatx(() =>
        {
            Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelFileException>("cannot be examined", "error 1");
            Failure.Of(() => ByteSender.Open(Directory["made"])).Expect<ChannelFileException>("cannot be examined");
            Failure.Of(() => Channel.Inspect(Directory["made"])).Expect<ChannelFileException>("cannot be examined");
        });
        Assert.That(Directory.Names, Is.EqualTo(["made"]));
    }
}
