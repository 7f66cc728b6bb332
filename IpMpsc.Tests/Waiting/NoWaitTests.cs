using IpMpsc.Layout;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>
/// A call that may not wait does not announce a sleep. So it costs no barrier, which interrupts every process that takes part in a
/// channel, and leaves no signal raised, which would cost the other side a system call.
/// </summary>
public sealed class NoWaitTests : ChannelFixture
{
    public static IEnumerable<TestCaseData> Sends()
    {
        yield return Case("TrySend", static sender => sender.TrySend(default));
        yield return Case("TrySend, no time", static sender => sender.TrySend(default, TimeSpan.Zero));
        yield return Case("TrySendWhenEmpty, no time", static sender => sender.TrySendWhenEmpty(default, TimeSpan.Zero));
        yield return Case("TrySendBatch", static sender => sender.TrySendBatch([default, default]) > 0);
        yield return Case("TryClaim", static sender =>
        {
            if (sender.TryClaim(out Claim<Tick> claim))
            {
                claim.Commit();
                return true;
            }

            return false;
        });

        static TestCaseData Case(string name, Func<Sender<Tick>, bool> send) => new TestCaseData(send).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Sends))]
    public void NoSendThatMayNotWaitAnnouncesASleep(Func<Sender<Tick>, bool> send)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        while (sender.TrySend(default))
        {
        }

        uint before = words.ReadUInt32(HeaderDescriptor.SpaceSignalOffset);
        Assert.That(send(sender), Is.False);
        Assert.That(words.ReadUInt32(HeaderDescriptor.SpaceSignalOffset), Is.EqualTo(before));
    }

    public static IEnumerable<TestCaseData> Receives()
    {
        yield return Case("TryReceive", static receiver => receiver.TryReceive(out _));
        yield return Case("TryReceive, no time", static receiver => receiver.TryReceive(out _, TimeSpan.Zero));
        yield return Case("WaitAny, no time", static receiver =>
        {
            using ReceiverSet set = new(receiver);
            return set.WaitAny(TimeSpan.Zero) is not null;
        });

        static TestCaseData Case(string name, Func<Receiver<Tick>, bool> receive) => new TestCaseData(receive).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Receives))]
    public void NoReceiveThatMayNotWaitAnnouncesASleep(Func<Receiver<Tick>, bool> receive)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using SegmentWords words = new(ChannelPath);
        uint before = words.ReadUInt32(HeaderDescriptor.ReceiverSignalOffset);
        Assert.That(receive(receiver), Is.False);
        Assert.That(words.ReadUInt32(HeaderDescriptor.ReceiverSignalOffset), Is.EqualTo(before));
    }

    /// <summary>A call with a timeout of zero still checks everything, so it is told of a deletion.</summary>
    [Test]
    public void AReceiveWithoutTimeIsToldOfADeletion()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        IpcChannel.Delete(ChannelPath, evenIfInUse: true);
        Failure.Of(() => receiver.TryReceive(out _, TimeSpan.Zero)).Expect<ChannelRetiredException>(ChannelPath);
    }

    [Test]
    public void AHandlerMayDisposeTheReceiverThatDrains()
    {
        Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        sender.SendBatch([default, default, default]);
        int seen = 0;
        Assert.That(
            receiver.Drain(_ =>
            {
                if (++seen == 2)
                {
                    receiver.Dispose();
                }
            }),
            Is.EqualTo(2));
    }
}
