using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.BadInput;

/// <summary>Options and names that are not valid are refused as errors of the caller.</summary>
public sealed class OptionTests : ChannelFixture
{
    [TestCase(100, "128")]
    [TestCase(65_535, "65,536")]
    [TestCase(63, "64")]
    [TestCase(0, "64")]
    [TestCase(-64, "64")]
    [TestCase((1L << 31) + 1, "2,147,483,648")]
    [TestCase(long.MaxValue, "2,147,483,648")]
    public void InvalidCapacityIsRefused(long capacity, string advice)
    {
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => _ = new IpcChannelOptions { Capacity = capacity });

        Assert.That(error.Message, Does.Contain("power of two from 64 to 2,147,483,648 bytes").And.Contain($"the next one is {advice}"));
        Assert.That(error.ActualValue, Is.EqualTo(capacity));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(4097)]
    public void InvalidSlotCountIsRefused(int slots)
    {
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => _ = new IpcChannelOptions { MaxSenders = slots });

        Assert.That(error.Message, Does.Contain("MaxSenders is a number from 1 to 4,096"));
        Assert.That(error.ActualValue, Is.EqualTo(slots));
    }

    [Test]
    public void ParticipantWithoutName() =>
        Assert.Throws<ArgumentNullException>(() => _ = new IpcChannelOptions { ParticipantName = null! });

    [TestCase("")]
    [TestCase("two words")]
    [TestCase("caf\u00e9")]
    [TestCase("a:b")]
    [TestCase(".hidden")]
    [TestCase("..")]
    [TestCase(".")]
    [TestCase("line\nfeed")]
    [TestCase("null\0byte")]
    [TestCase("/")]
    [TestCase("/dev/shm/")]
    [TestCase("a/..")]
    public void InvalidNameIsRefused(string name)
    {
        Assert.Throws<ArgumentException>(() => ByteReceiver.Create(name));
        Assert.Throws<ArgumentException>(() => ByteSender.Open(name));
        Assert.Throws<ArgumentException>(() => IpcChannel.Exists(name));
    }

    [Test]
    public void MissingName() => Assert.Throws<ArgumentNullException>(() => ByteReceiver.Create(null!));

    [Test]
    public void ForbiddenCharactersAreReported()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ByteReceiver.Create("two words"));

        Assert.That(error.Message, Does.Contain("'two words'").And.Contain("letters A to Z, digits").And.Contain("'./name'"));
    }

    [Test]
    public void NameTooLongForAFile()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => ByteReceiver.Create(Directory[new string('n', 201)]));

        Assert.That(error.Message, Does.Contain("at most 200 bytes").And.Contain("201"));
        ByteReceiver.Create(Directory[new string('n', 200)]).Dispose();
    }

    [Test]
    public void NegativeTimeout()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        TimeSpan negative = TimeSpan.FromMilliseconds(-2);

        Assert.Throws<ArgumentOutOfRangeException>(() => receiver.TryReceive([], out _, negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.TrySend([], negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.TryClaim(1, out _, negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => sender.Claim(-1));
        ExpectUsable(receiver);
    }
}
