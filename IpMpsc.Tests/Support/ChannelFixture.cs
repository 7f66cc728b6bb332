namespace IpMpsc.Tests.Support;

/// <summary>Gives each test a directory of its own.</summary>
public abstract class ChannelFixture
{
    private TestDirectory? _directory;

    private protected TestDirectory Directory => _directory!;

    /// <summary>A path for a channel that does not exist yet.</summary>
    protected string ChannelPath => Directory["channel"];

    [SetUp]
    public void MakeDirectory() => _directory = new TestDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory?.Dispose();

    /// <summary>Requires that a channel still carries messages, after whatever a test did to it.</summary>
    protected static void ExpectUsable(ByteReceiver receiver)
    {
        using ByteSender sender = ByteSender.Open(receiver.Path);
        sender.Send("still here"u8);
        Assert.That(receiver.Receive(), Is.EqualTo("still here"u8.ToArray()));
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
    }
}
