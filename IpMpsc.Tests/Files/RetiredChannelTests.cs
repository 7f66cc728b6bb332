using IpMpsc.Layout;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>Participants are told that their channel was deleted or replaced.</summary>
public sealed class RetiredChannelTests : ChannelFixture
{
    [Test]
    public void SendersInOtherProcessesAreTold()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ProbeSender idle = new PeerProbeSender(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath);
        idle.Send(new Probe(0, 0, 16));

        Assert.That(IpcChannel.Delete(ChannelPath, evenIfInUse: true));

        Failure.Of(() => idle.Send(new Probe(0, 1, 16))).Expect<ChannelRetiredException>(ChannelPath);
        Failure.Of(() => idle.TrySend(new Probe(0, 1, 16))).Expect<ChannelRetiredException>(ChannelPath);
        Assert.That(ByteProbe.Verify(receiver.Receive()).Sequence, Is.Zero, "A message that was sent before the deletion is received.");
        Assert.That(IpcChannel.Exists(ChannelPath), Is.False);
    }

    [Test]
    public void SenderThatWaitsForRoomIsWokenAndTold()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using ProbeSender waiting = new PeerProbeSender(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath);
        using SegmentWords words = new(ChannelPath);
        waiting.Send(new Probe(0, 0, 48));
        Task<Failure> told = Background.Run(() => Failure.Of(() => waiting.Send(new Probe(0, 1, 48))));
        words.AwaitSleepingSender();

        Assert.That(IpcChannel.Delete(ChannelPath, evenIfInUse: true));

        told.Finish("A send on a deleted channel").Expect<ChannelRetiredException>(ChannelPath);
    }

    [Test]
    public void ReceiverThatDeletesItsChannelTellsItsSenders()
    {
        ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { DeleteOnDispose = true });
        using ProbeSender sender = new PeerProbeSender(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath);

        receiver.Dispose();

        Failure.Of(() => sender.Send(new Probe(0, 0, 16))).Expect<ChannelRetiredException>(ChannelPath);
        Assert.That(Directory.ChannelNames, Is.Empty);
    }

    /// <summary>
    /// The deleter was killed between the mark and the removal of the name, and the participants are still there.
    /// </summary>
    [Test]
    public void NameOfARetiredChannelIsFreeForASuccessor([Values] bool asReceiver)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using (SegmentWords words = new(ChannelPath))
        {
            words.Write(HeaderDescriptor.ChannelStateOffset, ChannelState.Retired);
        }

        using ByteReceiver? successor = asReceiver ? ByteReceiver.OpenOrCreate(ChannelPath) : null;
        using ByteSender next = ByteSender.OpenOrCreate(ChannelPath);
        next.Send([1]);

        Assert.That(IpcChannel.Inspect(ChannelPath).BytesUsed, Is.Positive);
        Assert.That(receiver.TryReceiveInPlace(out _), Is.False);
    }

    [Test]
    public void ChannelWithLivingSendersIsNotReplaced()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        Guid id = IpcChannel.Inspect(ChannelPath).Id;
        using (PeerProbeSender sender = new(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath))
        {
            Failure.Of(() => ByteReceiver.Replace(ChannelPath)).Expect<ChannelInUseException>(ChannelPath);
            Failure.Of(() => IpcChannel.Delete(ChannelPath)).Expect<ChannelInUseException>(ChannelPath);
            sender.Send(new Probe(0, 0, 16), default);
            sender.Kill();
        }

        using ByteReceiver successor = ByteReceiver.Replace(ChannelPath);
        Assert.That(IpcChannel.Inspect(ChannelPath).Id, Is.Not.EqualTo(id), "A dead sender blocks nothing.");
        Assert.That(successor.TryReceiveInPlace(out _), Is.False);
    }

    [Test]
    public void NamedChannelsAreListedAndDeleted()
    {
        string name = $"listed-{Guid.NewGuid():N}";
        using (PeerProcess creator = PeerProcess.Start("file", "create", name))
        {
            creator.Expect("done");
            ChannelInfo listed = IpcChannel.List().Single(channel => channel.Name == name);
            Assert.That(listed.Receiver!.ProcessId, Is.EqualTo(creator.Id));
            Assert.That(listed.IsReceiverAttached);
            creator.Kill();
        }

        Assert.That(IpcChannel.Exists(name));
        Assert.That(IpcChannel.Inspect(name).IsReceiverAttached, Is.False);
        Assert.That(IpcChannel.Delete(name));
        Assert.That(IpcChannel.Exists(name), Is.False);
        Assert.That(IpcChannel.Delete(name), Is.False);
        Assert.That(IpcChannel.List().Select(channel => channel.Name), Has.None.EqualTo(name));
    }

    [Test]
    public void TemporaryChannelOfAKilledReceiverIsRemovedWithTheNextOne()
    {
        using PeerProcess killed = PeerProcess.Start("file", "create-temporary", "-");
        using PeerProcess living = PeerProcess.Start("file", "create-temporary", "-");
        killed.Expect("done");
        living.Expect("done");
        killed.Kill();
        Assert.That(TemporaryOf(killed), Has.Exactly(1).Items);

        using ByteReceiver next = ByteReceiver.CreateTemporary();

        Assert.That(TemporaryOf(killed), Is.Empty);
        Assert.That(TemporaryOf(living), Has.Exactly(1).Items);
        living.Say("leave");
        living.ExpectExit(ExitCode.Success);
        Assert.That(TemporaryOf(living), Is.Empty);
    }

    private static IEnumerable<ChannelInfo> TemporaryOf(PeerProcess creator) =>
        IpcChannel.List().Where(channel => channel.Creator.ProcessId == creator.Id);
}
