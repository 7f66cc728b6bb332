using FsCheck;
using FsCheck.Fluent;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Properties;

/// <summary>Whatever the ring, the senders and the lengths: every payload arrives once, whole, and in its sender's order.</summary>
public sealed class TrafficTests : ChannelFixture
{
    private int _case;

    /// <summary>Any error fails the case; no case is discarded.</summary>
    [Test]
    public void EverythingArrivesFromOtherProcesses() => Seeded.Check(150, Prop.ForAll(Traffic.Arbitrary, traffic =>
    {
        using ByteReceiver receiver = CreateReceiver(traffic);
        PayloadPlan[] plans = PlansOf(traffic);
        PeerProcess[] peers = [.. plans.Select(_ => PeerPool.Rent())];
        foreach ((PeerProcess peer, PayloadPlan plan) in peers.Zip(plans))
        {
            peer.Say(string.Join(' ', [$"payloads {receiver.Path} {plan.Sender}", .. plan.Lengths.Select(length => $"{length}")]));
        }

        Receive(receiver, plans);
        foreach (PeerProcess peer in peers)
        {
            PeerPool.FinishAndReturn(peer, ExitCode.Success);
        }

        return IsEmpty(receiver);
    }));

    [Test]
    public void EverythingArrivesFromOtherThreads() => Seeded.Check(300, Prop.ForAll(Traffic.Arbitrary, traffic =>
    {
        using ByteReceiver receiver = CreateReceiver(traffic);
        PayloadPlan[] plans = PlansOf(traffic);
        using ByteSender sender = ByteSender.Open(receiver.Path);
        Task sending = Task.WhenAll(plans.Select(plan => Background.Run(() => SendAll(sender, plan))));

        Receive(receiver, plans);
        sending.Finish("The threads");
        return IsEmpty(receiver);
    }));

    /// <summary>On one thread, so that every "full" can be checked against the bytes in the ring.</summary>
    [Test]
    public void FullIsReportedOnlyWithoutRoom() => Seeded.Check(300, Prop.ForAll(Traffic.Arbitrary, traffic =>
    {
        using ByteReceiver receiver = CreateReceiver(traffic);
        using ByteSender sender = ByteSender.Open(receiver.Path);
        using SegmentWords words = new(receiver.Path);
        PayloadPlan plan = PlansOf(traffic)[0];
        Queue<byte[]> expected = new();
        for (int index = 0; index < plan.Lengths.Count; index++)
        {
            while (!sender.TrySend(plan[index]))
            {
                long record = (plan.Lengths[index] + 16 + 15) & ~15;
                long toEnd = traffic.Capacity - (words.Tail & (traffic.Capacity - 1));
                long needed = record > toEnd ? toEnd + record : record;
                Assert.That(words.Tail - words.Head + needed, Is.GreaterThan(traffic.Capacity), "The ring was reported full, although there was room.");
                ReceiveOne(receiver, expected);
            }

            expected.Enqueue(plan[index]);
        }

        while (expected.Count > 0)
        {
            ReceiveOne(receiver, expected);
        }

        return IsEmpty(receiver);
    }));

    private static void ReceiveOne(ByteReceiver receiver, Queue<byte[]> expected)
    {
        if (receiver.TryReceiveInPlace(out ReceivedBytes message))
        {
            using (message)
            {
                Assert.That(message.Payload.SequenceEqual(expected.Dequeue()), Is.True);
            }
        }
        else
        {
            Assert.That(expected, Is.Empty, "The receiver found only padding, although messages were sent.");
        }
    }

    private static void Receive(ByteReceiver receiver, PayloadPlan[] plans)
    {
        PayloadLedger ledger = new(plans);
        for (int left = plans.Sum(plan => plan.Lengths.Count); left > 0; left--)
        {
            Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes message, Patience.Limit), Is.True, $"{left} messages are missing.");
            using (message)
            {
                ledger.Enter(message.Payload);
            }
        }

        ledger.RequireComplete();
    }

    private static bool IsEmpty(ByteReceiver receiver) => !receiver.TryReceive([], out _);

    private static void SendAll(ByteSender sender, PayloadPlan plan)
    {
        for (int index = 0; index < plan.Lengths.Count; index++)
        {
            sender.Send(plan[index]);
        }
    }

    private static PayloadPlan[] PlansOf(Traffic traffic) =>
        [.. traffic.Lengths.Select((lengths, sender) => new PayloadPlan(sender, lengths))];

    private ByteReceiver CreateReceiver(Traffic traffic) => ByteReceiver.Create(
        Directory[$"case{_case++}"], new IpcChannelOptions { Capacity = traffic.Capacity, DeleteOnDispose = true });
}
