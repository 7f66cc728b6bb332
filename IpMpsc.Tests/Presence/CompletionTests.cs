using IpMpsc.Layout;
using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Presence;

/// <summary>A receiver that ends with its senders, on a channel that is resumed, ends when senders have left whose end no earlier receiver has acknowledged.</summary>
[CancelAfter(60_000)]
public sealed class CompletionTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_options = new() { EndWithSenders = true };

    [Test]
    public void ASenderThatLeftBeforeTheReceiverCameCounts()
    {
        ByteReceiver.Create(ChannelPath).Dispose();
        ComeAndGo();
        using ByteReceiver receiver = ByteReceiver.Open(ChannelPath, s_options);
        Assert.That(receiver.IsCompleted, Is.False, "A message is still in the ring.");
        ExpectTheEnd(receiver);
    }

    [Test]
    public void EachSenderCountsOnce()
    {
        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options))
        {
            ComeAndGo();
            ExpectTheEnd(receiver);
        }

        using ByteReceiver next = ByteReceiver.Open(ChannelPath, s_options);
        Assert.That(next.IsCompleted, Is.False);
        using SegmentWords words = new(ChannelPath);
        Task end = Background.Run(() => ExpectTheEnd(next));
        words.AwaitSleepingReceiver();
        Assert.That(end.IsCompleted, Is.False, "No sender has joined since.");
        ComeAndGo();
        end.Finish("Receiving until the end");
    }

    /// <summary>When the receiver leaves, it stores the end that it has seen, and not what happened afterwards.</summary>
    [Test]
    public void ASenderThatComesAfterTheEndCountsForTheNextReceiver()
    {
        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options))
        {
            ComeAndGo();
            ExpectTheEnd(receiver);
            ComeAndGo();
        }

        using ByteReceiver next = ByteReceiver.Open(ChannelPath, s_options);
        ExpectTheEnd(next);
    }

    [Test]
    public void TheEndStaysUntilAnotherSenderJoins()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options);
        ComeAndGo();
        ExpectTheEnd(receiver);
        Assert.That(receiver.IsCompleted);
        Failure.Of(() => receiver.Receive()).Expect<ChannelCompletedException>(ChannelPath);
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            Assert.That(receiver.IsCompleted, Is.False);
        }

        Assert.That(receiver.IsCompleted);
    }

    [Test]
    public void AReceiverThatLeavesBeforeTheEndLeavesItToTheNext()
    {
        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options))
        {
            ComeAndGo();
            Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
        }

        using ByteReceiver next = ByteReceiver.Open(ChannelPath, s_options);
        Assert.That(next.IsCompleted);
    }

    /// <summary>The names and process ids of participants are only for people to read.</summary>
    [Test]
    public void TheEndDoesNotDependOnIdentities()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_options);
        using SegmentWords words = new(ChannelPath);
        long processId = SegmentLayout.SlotsOffset + SlotDescriptor.IdentityOffset + IdentityDescriptor.ProcessIdOffset;
        words.Write(processId, 4711u);
        Assert.That(receiver.IsCompleted, Is.False, "No sender has joined.");
        ComeAndGo();
        words.Write(processId, 0u);
        ExpectTheEnd(receiver);
    }

    [Test]
    public void ProcessesFollowEachOther()
    {
        for (int turn = 0; turn < 3; turn++)
        {
            using PeerProcess receiver = PeerProcess.Start("complete", ChannelPath);
            receiver.Expect("open");
            using (PeerProbeSender sender = new(ProbeKind.Bytes, SenderFlavour.Shared, ChannelPath))
            {
                sender.Send(new Probe(0, 0, 16), default);
                sender.Kill();
            }

            receiver.Expect("completed 1");
            receiver.Say("leave");
            receiver.ExpectExit(ExitCode.Success);
        }
    }

    private void ComeAndGo()
    {
        using ByteSender sender = ByteSender.Open(ChannelPath);
        sender.Send([1]);
    }

    private void ExpectTheEnd(ByteReceiver receiver)
    {
        Assert.That(receiver.Receive(), Is.EqualTo(new byte[] { 1 }));
        Failure.Of(() => receiver.Receive()).Expect<ChannelCompletedException>(ChannelPath);
    }
}
