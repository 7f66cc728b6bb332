using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Containers;

/// <summary>Participants of different users and in different namespaces: messages, wake-ups, liveness and recovery, kills included.</summary>
[Platform("Linux", Reason = "Uses users and namespaces")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
[TestFixtureSource(typeof(Confinement), nameof(Confinement.All))]
[CancelAfter(100_000)]
internal sealed class ConfinedPeerTests(Confinement confinement) : ChannelFixture
{
    private const int Count = 2_000;

    [Test]
    public void PeerSends()
    {
        using ProbeReceiver receiver = Create();
        using PeerProcess peer = confinement.Start("send", "Bytes", "Shared", ChannelPath, "0", $"{Count}", "Send", "0", "900");
        ProbeLedger ledger = new();
        receiver.ReceiveMany(Count, ReceiveWay.Receive, ledger);

        peer.ExpectExit(ExitCode.Success);
        ledger.RequireComplete(1, Count);
    }

    /// <summary>The ring is small, so that both sides sleep and wake each other many times.</summary>
    [Test]
    public void PeerReceives()
    {
        Create().Dispose();
        using PeerProcess peer = confinement.Start("receive", "Bytes", ChannelPath, "1", $"{Count}", "Receive");
        peer.Expect("open");
        using ProbeSender sender = ProbeKind.Bytes.OpenSender(SenderFlavour.Shared, ChannelPath);
        new ProbeStream(ProbeKind.Bytes, 0, Count, SendWay.Send, 0, 900).SendTo(sender);

        peer.ExpectExit(ExitCode.Success);
    }

    [Test]
    public void SleepingPeerIsWoken()
    {
        Create().Dispose();
        using PeerProcess peer = confinement.Start("receiver", "Bytes", ChannelPath);
        peer.Expect("open");
        peer.Say("receive");
        using (SegmentWords words = new(ChannelPath))
        {
            words.AwaitSleepingReceiver();
        }

        using ProbeSender sender = ProbeKind.Bytes.OpenSender(SenderFlavour.Shared, ChannelPath);
        Probe probe = ProbeKind.Bytes.Probe(0, 7);
        sender.Send(probe);
        peer.Expect($"{probe}");
    }

    [Test]
    public void ClaimOfAKilledSenderIsSkipped()
    {
        using ProbeReceiver receiver = Create();
        using PeerProcess peer = confinement.Start("sender", "Bytes", "Shared", ChannelPath);
        peer.Expect("open");
        peer.Say($"claim {ProbeKind.Bytes.Probe(0, 1)} Commit");
        peer.Expect("held");
        using ProbeSender sender = ProbeKind.Bytes.OpenSender(SenderFlavour.Shared, ChannelPath);
        Probe behind = ProbeKind.Bytes.Probe(1, 1);
        sender.Send(behind);
        Assert.That(IpcChannel.Inspect(ChannelPath).Head, Is.EqualTo(HeadState.Claimed), "The receiver waits while the sender is alive.");

        Confinement.Kill(peer);

        Assert.That(receiver.Receive(), Is.EqualTo(behind));
        Assert.That(IpcChannel.Inspect(ChannelPath).Senders.Count(static known => known.IsAttached), Is.EqualTo(1));
    }

    [Test]
    public void SuccessorOfAKilledReceiverContinues()
    {
        Create().Dispose();
        using PeerProcess peer = confinement.Start("receiver", "Bytes", ChannelPath);
        peer.Expect("open");
        using ProbeSender sender = ProbeKind.Bytes.OpenSender(SenderFlavour.Shared, ChannelPath);
        Probe[] probes = [.. Enumerable.Range(0, 3).Select(sequence => ProbeKind.Bytes.Probe(0, sequence))];
        foreach (Probe probe in probes)
        {
            sender.Send(probe);
        }

        peer.Say("receive");
        peer.Expect($"{probes[0]}");
        peer.Say("hold");
        peer.Expect("held");
        Failure.Of(() => ByteReceiver.Open(ChannelPath)).Expect<ChannelInUseException>(PeerName);

        Confinement.Kill(peer);

        using ProbeReceiver successor = ProbeKind.Bytes.OpenReceiver(ChannelPath);
        Assert.That(successor.Receive(), Is.EqualTo(probes[1]), "The message that the dead receiver held comes again.");
        Assert.That(successor.Receive(), Is.EqualTo(probes[2]));
    }

    private static string PeerName => Peer.Processes.PeerProgram.ParticipantName;

    /// <summary>A channel of the group, in a directory that lets everybody through.</summary>
    private ProbeReceiver Create()
    {
        File.SetUnixFileMode(Directory.Path, File.GetUnixFileMode(Directory.Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        try
        {
            return ProbeKind.Bytes.CreateReceiver(ChannelPath, new IpcChannelOptions
            {
                Capacity = 4096,
                MaxSenders = 8,
                Access = ChannelSharing.WithGroup($"{Confinement.Group}"),
            });
        }
        catch (ChannelFileException refused) when (Environment.UserName != "root")
        {
            Assert.Ignore($"Only root may give files to any group: {refused.Message}");
            throw;
        }
    }
}
