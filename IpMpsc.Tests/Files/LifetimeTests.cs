using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>When channels are created, kept and deleted.</summary>
public sealed class LifetimeTests : ChannelFixture
{
    [Test]
    public void TemporaryChannelVanishes()
    {
        string path;
        using (Receiver<FixedProbe> receiver = Receiver<FixedProbe>.CreateTemporary(new IpcChannelOptions { Capacity = 4096 }))
        {
            path = receiver.Path;
            Assert.That(receiver.Capacity, Is.EqualTo(4096));
            using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(path);
            sender.Send(FixedProbe.From(new Probe(1, 2, FixedProbe.Size)));
            Assert.That(receiver.Receive().Sequence, Is.EqualTo(2));
        }

        Assert.That(File.Exists(path), Is.False);
        Failure.Of(() => Sender<FixedProbe>.Open(path)).Expect<ChannelNotFoundException>();
    }

    [Test]
    public void TemporaryChannelsHaveNamesOfTheirOwn()
    {
        using ByteReceiver first = ByteReceiver.CreateTemporary();
        using ByteReceiver second = ByteReceiver.CreateTemporary();

        Assert.That(first.Path, Is.Not.EqualTo(second.Path));
        ExpectUsable(first);
        ExpectUsable(second);
    }

    [Test]
    public void DeleteOnDisposeDeletes()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { DeleteOnDispose = true });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        receiver.Dispose();

        Assert.That(Directory.ChannelNames, Is.Empty);
        Failure.Of(() => sender.Send([])).Expect<ChannelRetiredException>();
    }

    [Test]
    public void DeleteOnDisposeWakesBlockedSenders()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64, DeleteOnDispose = true });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        sender.Send(new byte[48]);
        Task<Failure> blocked = Background.Run(() => Failure.Of(() => sender.Send([])));
        words.AwaitSleepingSender();

        receiver.Dispose();

        blocked.Finish("The sender to a deleted channel").Expect<ChannelRetiredException>();
    }

    [Test]
    public void DisposeWithoutDeleteKeepsMessages()
    {
        using (ByteReceiver.Create(ChannelPath))
        {
            using ByteSender sender = ByteSender.Open(ChannelPath);
            sender.Send("kept"u8);
        }

        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        Assert.That(receiver.Receive(), Is.EqualTo("kept"u8.ToArray()));
    }

    [Test]
    public void SenderMayComeFirst()
    {
        using ByteSender sender = ByteSender.OpenOrCreate(ChannelPath, new IpcChannelOptions { Capacity = 128 });
        sender.Send("early"u8);

        using ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath);
        Assert.That(receiver.Capacity, Is.EqualTo(128));
        Assert.That(receiver.Receive(), Is.EqualTo("early"u8.ToArray()));
    }

    [Test]
    public void ReplaceStartsAnew()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            sender.Send("old"u8);
        }

        Guid old = IpcChannel.Inspect(ChannelPath).Id;
        using ByteReceiver receiver = ByteReceiver.Replace(ChannelPath, new IpcChannelOptions { Capacity = 4096 });

        Assert.That(IpcChannel.Inspect(ChannelPath).Id, Is.Not.EqualTo(old));
        Assert.That(receiver.Capacity, Is.EqualTo(4096));
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
        ExpectUsable(receiver);
        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
    }

    [Test]
    public void ReplaceOfNothingCreates()
    {
        using ByteReceiver receiver = ByteReceiver.Replace(ChannelPath);

        ExpectUsable(receiver);
    }

    [Test]
    public void LeftoverOfAKilledCreatorIsRemoved()
    {
        string leftover = Directory[$".channel.{Guid.NewGuid():N}.ipmpsc"];
        File.WriteAllText(leftover, "half made");
        string[] others =
        [
            Directory[$".other.{Guid.NewGuid():N}.ipmpsc"],
            Directory[".channel.notes.ipmpsc"],
            Directory[".channel.ipmpsc"],
        ];
        Array.ForEach(others, path => File.WriteAllText(path, "somebody's"));

        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);

        Assert.That(File.Exists(leftover), Is.False);
        Assert.That(others.Select(File.ReadAllText), Is.All.EqualTo("somebody's"));
        ExpectUsable(receiver);
    }

    [Test]
    public void NamesLiveInTheRuntimeDirectory()
    {
        string name = $"test-{Guid.NewGuid():N}";
        using ByteReceiver receiver = ByteReceiver.Create(name, new IpcChannelOptions { DeleteOnDispose = true });

        Assert.That(receiver.Path, Is.EqualTo(
            Path.Join(Surroundings.RuntimeDirectory, name)));
        using ByteSender byName = ByteSender.Open(name);
        using ByteSender byPath = ByteSender.Open(receiver.Path);
        byName.Send([1]);
        byPath.Send([2]);
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 2 }));
        Assert.That(IpcChannel.Exists(name), Is.True);
        Assert.That(IpcChannel.List().Select(channel => channel.Name), Does.Contain(name));
    }

    [Test]
    public void RelativePathIsThatOfTheFile()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, ChannelPath);
        using ByteReceiver receiver = ByteReceiver.Create(relative);

        Assert.That(receiver.Path, Is.EqualTo(ChannelPath));
        ExpectUsable(receiver);
    }
}
