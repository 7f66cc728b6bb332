using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.BadInput;

/// <summary>Names, receiver places and slots that are already taken.</summary>
public sealed class InUseTests : ChannelFixture
{
    [Test]
    public void CreatingWhatIsInUse()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { ParticipantName = "the first" });

        Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelInUseException>(
            ChannelPath, "in use", "'the first'", $"process {Environment.ProcessId}");
        ExpectUsable(receiver);
        Assert.That(Directory.Names, Is.EqualTo(new[] { "channel" }));
    }

    [Test]
    public void CreatingWhatOnlyASenderUses()
    {
        ByteSender gone = ByteSender.OpenOrCreate(ChannelPath, new IpcChannelOptions { ParticipantName = "gone" });
        using ByteSender sender = ByteSender.Open(ChannelPath, new IpcChannelOptions { ParticipantName = "the sender" });
        gone.Dispose();
        string[] occupant = ["no receiver", "'the sender'", $"process {Environment.ProcessId}"];

        Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelInUseException>(["in use", "OpenOrCreate", .. occupant]);
        Failure.Of(() => ByteReceiver.Replace(ChannelPath)).Expect<ChannelInUseException>(["cannot be replaced", .. occupant]);
        Failure.Of(() => IpcChannel.Delete(ChannelPath)).Expect<ChannelInUseException>(["not deleted", "evenIfInUse", .. occupant]);
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        ExpectUsable(receiver);
    }

    [Test]
    public void CreatingWhatSomebodyLeft()
    {
        ByteReceiver.Create(ChannelPath).Dispose();

        Failure.Of(() => ByteReceiver.Create(ChannelPath)).Expect<ChannelInUseException>(
            "already exists", "nobody uses it", "OpenOrCreate resumes it", "Replace starts a new one");
        using ByteReceiver receiver = ByteReceiver.OpenOrCreate(ChannelPath);
        ExpectUsable(receiver);
    }

    [Test]
    public void ReplacingWhatIsInUse()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);

        Failure.Of(() => ByteReceiver.Replace(ChannelPath)).Expect<ChannelInUseException>(
            "in use", "cannot be replaced", $"process {Environment.ProcessId}");
        ExpectUsable(receiver);
    }

    [Test]
    public void SecondReceiverIsToldOfTheFirst()
    {
        using ByteReceiver creator = ByteReceiver.Create(ChannelPath);
        creator.Dispose();
        using PeerProcess peer = PeerProcess.Start("receiver", "bytes", ChannelPath);
        peer.Expect("open");

        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelInUseException>("one receiver", $"process {peer.Id}");
        Failure.Of(() => ByteReceiver.OpenOrCreate(ChannelPath)).Expect<ChannelInUseException>("one receiver", $"process {peer.Id}");

        peer.Say("close");
        peer.ExpectExit(ExitCode.Success);
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath);
        ExpectUsable(receiver);
    }

    [Test]
    public void EverySlotTaken()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        List<ByteSender> senders = [.. Enumerable.Range(0, 64).Select(_ => ByteSender.Open(ChannelPath))];

        Failure.Of(() => ByteSender.Open(ChannelPath)).Expect<ChannelInUseException>(
            "Every sender slot", "created with 64", "MaxSenders");

        senders[17].Dispose();
        ExpectUsable(receiver);
        senders.ForEach(sender => sender.Dispose());
    }

    [Test]
    public void ClosingAnotherDescriptorOfTheFileKeepsTheLocks()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        SharedFile.ReadAllBytes(ChannelPath);

        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelInUseException>();
        ExpectUsable(receiver);
    }
}
