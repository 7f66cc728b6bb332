using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>How long senders wait for another one that has priority, and what they do afterwards.</summary>
public sealed class PriorityTests : ChannelFixture
{
    private const int Other = 7;
    private const int Lap = 1024;

    private static uint RequestOf(long age) => ChannelState.WithPriority(0, Other, Environment.TickCount64 - age);

    /// <summary>No process is left to withdraw the request, and a sender that only tries forgets after each try that it has seen it.</summary>
    [Test]
    public void AnAbandonedRequestLocksOutNoSenderThatOnlyTries([Values] bool isOpenedForEachTry)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Lap });
        using SegmentWords words = new(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        words.Write(HeaderDescriptor.ChannelStateOffset, RequestOf(age: 0));

        Patience.Until(TrySend, "a sender that only tries gets in");
        Assert.That(words.ReadUInt32(HeaderDescriptor.ChannelStateOffset), Is.Zero);

        bool TrySend()
        {
            if (!isOpenedForEachTry)
            {
                return sender.TrySend([1]);
            }

            using ByteSender other = ByteSender.Open(ChannelPath);
            return other.TrySend([1]);
        }
    }

    /// <summary>A process is killed while the others wait for it.</summary>
    [Test]
    public void ASenderThatIsKilledWithPriorityLocksOutNoOther()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        using SegmentWords words = new(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using PeerProcess large = PeerProcess.Start("sender", "Bytes", "Shared", ChannelPath);
        large.Expect("open");
        large.Say("stream 0 100000 Send 0 4000");
        Patience.Until(HasAsked, "a large message has waited for a lap");
        large.Kill();
        while (TryRelease())
        {
        }

        Patience.Until(() => sender.TrySend(new byte[48]), "a sender that only tries gets in");

        bool HasAsked()
        {
            for (int release = 0; release < 10_000; release++)
            {
                while (sender.TrySend(new byte[48]))
                {
                }

                if (ChannelState.HasPriority(words.ReadUInt32(HeaderDescriptor.ChannelStateOffset)))
                {
                    return true;
                }

                TryRelease();
            }

            return false;
        }

        bool TryRelease()
        {
            if (!receiver.TryReceiveInPlace(out ReceivedBytes message))
            {
                return false;
            }

            message.Dispose();
            return true;
        }
    }

    /// <summary>Otherwise a dead sender's request would be taken for that of the slot's next owner, which would ignore it as its own.</summary>
    [Test]
    public void TheNextOwnerOfASlotWithdrawsTheRequestOfTheLast()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { MaxSenders = 1 });
        using SegmentWords words = new(ChannelPath);
        words.Write(HeaderDescriptor.ChannelStateOffset, ChannelState.WithPriority(0, 0, Environment.TickCount64));
        using ByteSender sender = ByteSender.Open(ChannelPath);
        Assert.That(words.ReadUInt32(HeaderDescriptor.ChannelStateOffset), Is.Zero);
    }

    [Test]
    public void AYoungRequestIsRespectedAndAnOldOneWithdrawn()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        using ByteSender sender = ByteSender.Open(ChannelPath);

        Patience.Until(IsRefusedInTime, "a sender looks while the request is young");
        words.Write(HeaderDescriptor.ChannelStateOffset, RequestOf(age: PriorityRequest.Lifetime + 1));
        Assert.That(sender.TrySend([1]), Is.True);
        Assert.That(words.ReadUInt32(HeaderDescriptor.ChannelStateOffset), Is.Zero);

        // On a busy machine the request may be old before the sender checks it. Such a check proves nothing.
        bool IsRefusedInTime()
        {
            long before = Environment.TickCount64;
            words.Write(HeaderDescriptor.ChannelStateOffset, RequestOf(age: 0));
            bool sent = sender.TrySend([1]);
            bool isYoung = Environment.TickCount64 - before <= PriorityRequest.Lifetime;
            Assert.That(sent && isYoung, Is.False);
            return isYoung;
        }
    }

    /// <summary>A sender that has asked in vain lets the others fill the ring once before it asks again.</summary>
    [Test]
    public void AWithdrawnRequestIsMadeAgainOnlyAfterALap()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Lap });
        using SegmentWords words = new(ChannelPath);
        Attachment attachment = Attachments.Join(ChannelPath, ChannelRole.Sender);
        PriorityRequest request = new(attachment, attachment.FirstSlot);

        request.AskAfterLap(0, 0);
        request.AskAfterLap(0, Lap - 16);
        Assert.That(State(), Is.Zero);
        request.AskAfterLap(0, Lap);
        Assert.That(ChannelState.HasPriority(State(), attachment.FirstSlot), Is.True);

        words.Write(HeaderDescriptor.ChannelStateOffset, 0u); // Another sender has found it too old.
        request.AskAfterLap(0, (2 * Lap) - 16);
        Assert.That(State(), Is.Zero);
        request.AskAfterLap(0, 2 * Lap);
        Assert.That(ChannelState.HasPriority(State(), attachment.FirstSlot), Is.True);
        request.End();
        Assert.That(State(), Is.Zero);
        attachment.RemoveUser();

        uint State() => words.ReadUInt32(HeaderDescriptor.ChannelStateOffset);
    }

    /// <summary>A slow receiver makes room, too: the request is only as old as the receiver's last progress.</summary>
    [Test]
    public void ARequestIsRenewedWhileTheReceiverMovesOn([Values] bool moves)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = Lap });
        using SegmentWords words = new(ChannelPath);
        Attachment attachment = Attachments.Join(ChannelPath, ChannelRole.Sender);
        PriorityRequest request = new(attachment, attachment.FirstSlot);
        request.AskAfterLap(0, 0);
        request.AskAfterLap(0, Lap);

        uint old = ChannelState.WithPriority(0, attachment.FirstSlot, Environment.TickCount64 - 1_000);
        words.Write(HeaderDescriptor.ChannelStateOffset, old);
        if (moves)
        {
            words.Write(HeaderDescriptor.HeadOffset, 16L);
        }

        request.AskAfterLap(old, Lap);
        uint state = words.ReadUInt32(HeaderDescriptor.ChannelStateOffset);
        Assert.That(state == old, Is.Not.EqualTo(moves));
        words.Write(HeaderDescriptor.HeadOffset, 0L);
        attachment.RemoveUser();
    }
}
