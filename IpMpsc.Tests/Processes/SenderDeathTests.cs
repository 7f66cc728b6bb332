using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Processes;

/// <summary>A killed sender loses its uncommitted message and nothing else; a stopped one loses nothing.</summary>
[TestFixture(ProbeKind.Fixed)]
[TestFixture(ProbeKind.Variable)]
[TestFixture(ProbeKind.Bytes)]
public sealed class SenderDeathTests(ProbeKind kind) : ChannelFixture
{
    [Test]
    public void MessagesBehindTheGapOfAKilledSenderArrive([Values(1, 2)] int claims)
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath);
        PeerProcess[] holders = [.. Enumerable.Range(0, claims).Select(_ => StartHolder(kind.Probe(9, 0, 200)))];
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        Send(sender, 0, 10);
        Assert.That(receiver.TryReceive(out _), Is.False, "The claim blocks the messages behind it.");

        foreach (PeerProcess holder in holders)
        {
            holder.Kill();
            holder.Dispose();
        }

        Expect(receiver, 0, 10);
    }

    [Test]
    public void KilledHolderWakesTheSleepingReceiver()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath);
        using PeerProcess holder = StartHolder(kind.Probe(9, 0));
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Exclusive, ChannelPath);
        Send(sender, 0, 1);
        Task<Probe> receiving = Background.Run(() => receiver.Receive());
        AwaitBlockedBy(holder);
        Assert.That(receiving.IsCompleted, Is.False);

        holder.Kill();

        Assert.That(receiving.Finish("The receiver behind the gap"), Is.EqualTo(kind.Probe(0, 0)));
    }

    [Test]
    public void GapThatFillsTheRingIsFreed()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using PeerProcess holder = StartHolder(kind.Probe(9, 0, 48));
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Exclusive, ChannelPath);
        Assert.That(sender.TrySend(kind.Probe(0, 0)), Is.False);

        holder.Kill();
        Task sending = Background.Run(() => Send(sender, 0, 10));
        Expect(receiver, 0, 10);
        sending.Finish("The sender behind the gap");
    }

    [Test]
    public void StoppedHolderKeepsItsClaim()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath);
        using PeerProcess holder = StartHolder(kind.Probe(9, 0, 200));
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        holder.Stop();
        Send(sender, 0, 10);
        Task<Probe> receiving = Background.Run(() => receiver.Receive());
        AwaitBlockedBy(holder);
        Assert.That(receiving.IsCompleted, Is.False);

        holder.Continue();
        holder.Say("go");
        holder.Expect("ok");

        Assert.That(receiving.Finish("The receiver"), Is.EqualTo(kind.Probe(9, 0, 200)), "The claim came first.");
        Expect(receiver, 0, 10);
    }

    [Test]
    public void StoppedHolderThatIsKilledIsSkipped()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath);
        using PeerProcess holder = StartHolder(kind.Probe(9, 0, 200));
        using ProbeSender sender = kind.OpenSender(SenderFlavour.Shared, ChannelPath);
        holder.Stop();
        Send(sender, 0, 10);
        Assert.That(receiver.TryReceive(out _), Is.False);

        holder.Kill();

        Expect(receiver, 0, 10);
    }

    [Test]
    public void SendersKilledInFullFlightLoseNothingOfOthers()
    {
        const int count = 50_000;
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        PeerProcess[] senders = [.. Enumerable.Range(0, 4).Select(number => PeerProcess.Start(
            "send", $"{kind}", "shared", ChannelPath, $"{number}", $"{(number < 2 ? count : int.MaxValue)}", "Send", "0", "300"))];
        ProbeLedger ledger = new();
        int killed = 0;

        // Senders 2 and 3 would never finish; each is killed at some point while the others send.
        while (killed < 2 || ledger.NextOf(0) < count || ledger.NextOf(1) < count)
        {
            ledger.Enter(receiver.Receive());
            if (killed < 2 && ledger.NextOf(2 + killed) >= 5_000)
            {
                senders[2 + killed].Kill();
                killed++;
            }
        }

        foreach (PeerProcess sender in senders)
        {
            sender.Dispose();
        }

        while (receiver.TryReceive(out Probe rest, TimeSpan.Zero))
        {
            ledger.Enter(rest);
        }
    }

    [Test]
    public void SlotsOfTheDeadAreReused()
    {
        using ProbeReceiver receiver = kind.CreateReceiver(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        for (int round = 0; round < 3; round++)
        {
            using PeerProcess holder = StartHolder(kind.Probe(9, 0));
            Failure.Of(() => kind.OpenSender(SenderFlavour.Exclusive, ChannelPath)).Expect<ChannelInUseException>("Every sender slot", "created with 1.");
            holder.Kill();
            Failure.Of(() => kind.OpenSender(SenderFlavour.Exclusive, ChannelPath)).Expect<ChannelInUseException>("1 of them", "died within a claim", "ipmpsc recover");

            // Recovery needs the dead sender's claim as evidence; its slot is free once the gap is skipped.
            Assert.That(receiver.TryReceive(out _, TimeSpan.FromMilliseconds(20)), Is.False);
            using ProbeSender sender = kind.OpenSender(SenderFlavour.Exclusive, ChannelPath);
            sender.Send(kind.Probe(0, round));
            Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(0, round)));
        }
    }

    private PeerProcess StartHolder(Probe probe)
    {
        PeerProcess holder = PeerProcess.Start("sender", $"{kind}", "shared", ChannelPath);
        holder.Expect("open");
        holder.Say($"claim {probe} commit");
        holder.Expect("held");
        return holder;
    }

    /// <summary>Waits until the receiver has found out which sender it waits for.</summary>
    private void AwaitBlockedBy(PeerProcess holder) => Patience.Until(
        () => IpcChannel.Inspect(ChannelPath).BlockedBy?.Participant.ProcessId == holder.Id, $"peer {holder.Id} blocks the receiver");

    private void Send(ProbeSender sender, int first, int count)
    {
        for (int sequence = first; sequence < first + count; sequence++)
        {
            sender.Send(kind.Probe(0, sequence, sequence));
        }
    }

    private void Expect(ProbeReceiver receiver, int first, int count)
    {
        for (int sequence = first; sequence < first + count; sequence++)
        {
            Assert.That(receiver.Receive(), Is.EqualTo(kind.Probe(0, sequence, sequence)));
        }

        Assert.That(receiver.TryReceive(out _), Is.False);
    }
}
