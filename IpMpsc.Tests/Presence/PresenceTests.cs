using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>Each side notices when the other one leaves or is killed.</summary>
[CancelAfter(60_000)]
public sealed class PresenceTests : ChannelFixture
{
    [Test]
    public void SenderSeesTheReceiverComeAndGo()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        using ByteSender sender = ByteSender.Open(ChannelPath);
        Assert.That(sender.IsReceiverAttached, Is.False);
        using PeerProcess receiver = StartReceiver();
        Assert.That(sender.IsReceiverAttached);
        receiver.Kill();
        Assert.That(sender.IsReceiverAttached, Is.False);
    }

    [Test]
    public void WaitForRoomEndsWhenTheReceiverIsKilled()
    {
        ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 }).Dispose();
        using PeerProcess receiver = StartReceiver();
        using ByteSender sender = ByteSender.Open(ChannelPath, new IpcChannelOptions { FailWhenFullWithoutReceiver = true });
        using SegmentWords words = new(ChannelPath);
        byte[] message = new byte[48];
        sender.Send(message);
        Task<Failure> failure = Background.Run(() => Failure.Of(() => sender.Send(message)));
        words.AwaitSleepingSender();
        Assert.That(failure.IsCompleted, Is.False);

        receiver.Kill();

        failure.Finish("A send without a receiver").Expect<ReceiverGoneException>(ChannelPath);
        Assert.That(sender.TrySend(message), Is.False, "Trying does not wait, so it does not throw.");
    }

    /// <summary>The receiver checks again and again while the first sender joins, so that its checks meet every step of joining.</summary>
    [Test]
    public void ASenderThatJoinsDuringTheLookIsNotOneThatHasLeft()
    {
        for (int round = 0; round < 500; round++)
        {
            using ByteReceiver receiver = ByteReceiver.Create($"{ChannelPath}-{round}", new() { EndWithSenders = true, DeleteOnDispose = true });
            using ManualResetEventSlim looking = new();
            Task<ByteSender> joining = Background.Run(() =>
            {
                looking.Wait();
                return ByteSender.Open(receiver.Path);
            });

            while (!joining.IsCompleted)
            {
                Assert.That(receiver.IsCompleted, Is.False, $"Round {round}: no sender has left.");
                looking.Set();
            }

            joining.Finish("Joining").Dispose();
        }
    }

    [Test]
    public void ReceiverEndsWithItsSenders([Values] bool isKilled)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { EndWithSenders = true });
        using ProbeSender first = new PeerProbeSender(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath);
        using PeerProbeSender last = new(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath);
        first.Send(new Probe(0, 0, 16));
        last.Send(new Probe(1, 0, 16), default);
        first.Dispose();
        Assert.That(ByteProbe.Verify(receiver.Receive()).Sender, Is.Zero);
        Assert.That(receiver.IsCompleted, Is.False);
        using SegmentWords words = new(ChannelPath);
        Task<Failure> end = Background.Run(() =>
        {
            Assert.That(ByteProbe.Verify(receiver.Receive()).Sender, Is.EqualTo(1));
            return Failure.Of(() => receiver.Receive());
        });
        words.AwaitSleepingReceiver();
        Assert.That(end.IsCompleted, Is.False);

        if (isKilled)
        {
            last.Kill();
        }
        else
        {
            last.Dispose();
        }

        end.Finish("Receiving without senders").Expect<ChannelCompletedException>(ChannelPath);
        Assert.That(receiver.IsCompleted);
    }

    private PeerProcess StartReceiver()
    {
        PeerProcess receiver = PeerProcess.Start("receiver", "Bytes", ChannelPath);
        receiver.Expect("open");
        return receiver;
    }
}
