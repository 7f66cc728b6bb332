using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Processes;

/// <summary>A killed receiver is replaced; at most the message that it held is received twice.</summary>
[TestFixture(ProbeKind.Fixed)]
[TestFixture(ProbeKind.Variable)]
[TestFixture(ProbeKind.Bytes)]
public sealed class ReceiverDeathTests(ProbeKind kind) : ChannelFixture
{
    [Test]
    public void MessageInHandComesAgain()
    {
        kind.CreateReceiver(ChannelPath).Dispose();
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        for (int sequence = 0; sequence < 10; sequence++)
        {
            sender.Send(kind.Probe(0, sequence));
        }

        using PeerProcess dying = PeerProcess.Start("receiver", $"{kind}", ChannelPath);
        dying.Expect("open");
        dying.Say("receive");
        dying.Expect($"{kind.Probe(0, 0)}");
        dying.Say("hold");
        dying.Expect("held");
        dying.Kill();

        using ProbeReceiver next = kind.OpenReceiver(ChannelPath);
        for (int sequence = 1; sequence < 10; sequence++)
        {
            Assert.That(next.Receive(), Is.EqualTo(kind.Probe(0, sequence)));
        }

        Assert.That(next.TryReceive(out _), Is.False);
    }

    [Test]
    public void StoppedReceiverIsNotReplaced()
    {
        kind.CreateReceiver(ChannelPath).Dispose();
        using PeerProcess stopped = PeerProcess.Start("receiver", $"{kind}", ChannelPath);
        stopped.Expect("open");
        stopped.Stop();

        Failure.Of(() => kind.OpenReceiver(ChannelPath)).Expect<ChannelInUseException>($"process {stopped.Id}");

        stopped.Continue();
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        sender.Send(kind.Probe(0, 0));
        stopped.Say("receive");
        stopped.Expect($"{kind.Probe(0, 0)}");
    }

    [Test]
    public void BlockedSenderContinuesWithTheNextReceiver()
    {
        kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 64 }).Dispose();
        using PeerProcess dying = PeerProcess.Start("receiver", $"{kind}", ChannelPath);
        dying.Expect("open");
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        using SegmentWords words = new(ChannelPath);
        Probe longest = kind.Probe(0, 0, 48);
        sender.Send(longest);
        Task blocked = Background.Run(() => sender.Send(longest with { Sequence = 1 }));
        words.AwaitSleepingSender();
        dying.Kill();
        Assert.That(blocked.IsCompleted, Is.False);

        using ProbeReceiver next = kind.OpenReceiver(ChannelPath);
        Assert.That(next.Receive(), Is.EqualTo(longest));
        blocked.Finish("The blocked sender");
        Assert.That(next.Receive(), Is.EqualTo(longest with { Sequence = 1 }));
    }

    /// <summary>
    /// Receivers in full flight, each of which forwards a message before it releases it, are killed one
    /// after another. Together they forwarded everything, in order, with at most one duplicated message
    /// for each kill.
    /// </summary>
    [Test]
    public void ReceiversKilledInFullFlightLoseNothing()
    {
        const int count = 30_000;
        const int kills = 3;
        kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 1 << 14 }).Dispose();
        using ProbeReceiver forwarded = kind.CreateReceiver(Directory["forwarded"], new IpcChannelOptions { Capacity = 1 << 14 });
        using PeerProcess sending =
            PeerProcess.Start("send", $"{kind}", "exclusive", ChannelPath, "0", $"{count}", "Send", "0", "200");
        ProbeLedger ledger = new();
        int doubled = 0;

        for (int life = 0; life <= kills; life++)
        {
            using PeerProcess receiver =
                PeerProcess.Start("echo", $"{kind}", ChannelPath, Directory["forwarded"], $"{int.MaxValue}");
            receiver.Expect("open");
            long until = life == kills ? count : ledger.Count + 2_000;
            while (ledger.Count < until)
            {
                Enter(forwarded.Receive());
            }

            receiver.Kill();
            while (forwarded.TryReceive(out Probe rest, TimeSpan.Zero))
            {
                Enter(rest);
            }
        }

        sending.ExpectExit(ExitCode.Success);
        ledger.RequireComplete(1, count);
        Assert.That(doubled, Is.LessThanOrEqualTo(kills));

        void Enter(Probe probe)
        {
            if (probe.Sequence == ledger.NextOf(0) - 1)
            {
                doubled++;
            }
            else
            {
                ledger.Enter(probe);
            }
        }
    }
}
