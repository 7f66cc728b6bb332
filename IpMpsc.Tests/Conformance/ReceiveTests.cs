using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Every way to receive one message.</summary>
[TestFixtureSource(typeof(Configuration), nameof(Configuration.All))]
public sealed class ReceiveTests(Configuration configuration) : ConformanceFixture(configuration)
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(5);

    [Test]
    public void EmptyRingIsFalse()
    {
        Assert.That(Receiver.TryReceive(out _), Is.False);
        Assert.That(Receiver.TryReceive(out _, TimeSpan.Zero), Is.False);
        Assert.That(Receiver.TryReceive(out _, s_short), Is.False);
        Assert.That(Receiver.TryReceiveInPlace(out _), Is.False);
        Assert.That(Receiver.TryReceiveInPlace(out _, s_short), Is.False);

        OpenSender().Send(Probe(0));
        ExpectSequence(0, 1);
    }

    [Test]
    public void SleepingReceiverWakes(
        [Values(ReceiveWay.Receive, ReceiveWay.InPlace, ReceiveWay.TryReceiveFor, ReceiveWay.TryInPlaceFor)] ReceiveWay way)
    {
        ProbeSender sender = OpenSender();
        Task<Probe> receiving = Background.Run(() => ReceiveBy(way, Patience.Limit));
        Words.AwaitSleepingReceiver();
        Assert.That(receiving.IsCompleted, Is.False);

        sender.Send(LongestProbe(0));

        Assert.That(receiving.Finish("The sleeping receiver"), Is.EqualTo(LongestProbe(0)));
        ExpectNothing();
    }

    [Test]
    public void BatchAndClaimWakeTheReceiver([Values(SendWay.SendBatch, SendWay.TrySendBatch, SendWay.Claim, SendWay.SendWhenEmpty)] SendWay way)
    {
        Assume.That(Configuration.Kind.IsTyped() || way is SendWay.Claim or SendWay.SendWhenEmpty, "Raw bytes have no batches.");
        ProbeSender sender = OpenSender();
        Task<Probe> receiving = Background.Run(() => Receiver.Receive());
        Words.AwaitSleepingReceiver();

        sender.Stream(new ProbeStream(Configuration.Kind, 0, 1, way, 0, 0));

        Assert.That(receiving.Finish("The sleeping receiver"), Is.EqualTo(Probe(0)));
    }

    [Test]
    public void CancellationWakesSleepingReceiver([Values(ReceiveWay.Receive, ReceiveWay.InPlace)] ReceiveWay way)
    {
        using CancellationTokenSource cancellation = new();
        Task<Failure> receiving = Background.Run(() => Failure.Of(() => ReceiveBy(way, default, cancellation.Token)));
        Words.AwaitSleepingReceiver();
        cancellation.Cancel();

        receiving.Finish("The cancelled receiver").Expect<OperationCanceledException>();
        OpenSender().Send(Probe(0));
        ExpectSequence(0, 1);
    }

    [Test]
    public void CancelledTokenReceivesNothing()
    {
        OpenSender().Send(Probe(0));
        CancellationToken cancelled = new(canceled: true);

        Failure.Of(() => Receiver.Receive(cancelled)).Expect<OperationCanceledException>();
        Failure.Of(() => Receiver.TryReceive(out _, s_short, cancelled)).Expect<OperationCanceledException>();
        Failure.Of(() => Receiver.ReceiveInPlace(null, cancelled)).Expect<OperationCanceledException>();
        Failure.Of(() => Receiver.TryReceiveInPlace(out _, s_short, cancelled)).Expect<OperationCanceledException>();
        ExpectSequence(0, 1);
    }

    [Test]
    public void DisposeWakesSleepingReceiver([Values(ReceiveWay.Receive, ReceiveWay.InPlace)] ReceiveWay way)
    {
        ProbeSender sender = OpenSender();
        Task<Failure> receiving = Background.Run(() => Failure.Of(() => ReceiveBy(way, default)));
        Words.AwaitSleepingReceiver();
        Receiver.Dispose();

        receiving.Finish("The disposed receiver").Expect<ObjectDisposedException>("receiver was disposed");
        sender.Send(Probe(0));
        ReopenReceiver();
        ExpectSequence(0, 1);
    }

    [Test]
    public void MessageInHandKeepsItsBytes()
    {
        ProbeSender sender = OpenSender();
        sender.Send(LongestProbe(0));

        Probe inHand = Receiver.ReceiveInPlace(_ =>
        {
            if (Configuration.Kind != ProbeKind.Fixed)
            {
                Assert.That(sender.TrySend(LongestProbe(1)), Is.False, "The bytes of the held message are not free yet.");
            }

            Failure.Of(() => Receiver.Receive()).Expect<InvalidOperationException>("has not been released");
            Failure.Of(() => Receiver.TryReceive(out _)).Expect<InvalidOperationException>("has not been released");
        });

        Assert.That(inHand, Is.EqualTo(LongestProbe(0)));
        Assert.That(sender.TrySend(LongestProbe(1)), Is.True);
        Assert.That(Receiver.Receive(), Is.EqualTo(LongestProbe(1)));
    }

    [Test]
    public void SecondReceiverContinuesAtHead()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);
        Assert.That(Receiver.Receive().Sequence, Is.Zero);

        ReopenReceiver();
        sender.Send(Probe(Configuration.FullCount));
        ExpectSequence(1, Configuration.FullCount);
    }

    [Test]
    public void SenderSendsWhileThereIsNoReceiver()
    {
        ProbeSender sender = OpenSender();
        Receiver.Dispose();
        Fill(sender);
        Task blocked = Background.Run(() => sender.Send(Probe(Configuration.FullCount)));
        Words.AwaitSleepingSender();

        ReopenReceiver();
        ExpectMany(Configuration.FullCount + 1);
        blocked.Finish("The blocked sender");
    }

    private void ExpectMany(int count)
    {
        ProbeLedger ledger = new();
        Receiver.ReceiveMany(count, ReceiveWay.Receive, ledger);
        ledger.RequireComplete(1, count);
        ExpectNothing();
    }

    private Probe ReceiveBy(ReceiveWay way, TimeSpan timeout, CancellationToken cancellation = default)
    {
        Probe probe;
        switch (way)
        {
            case ReceiveWay.Receive:
                return Receiver.Receive(cancellation);

            case ReceiveWay.InPlace:
                return Receiver.ReceiveInPlace(null, cancellation);

            case ReceiveWay.TryReceiveFor:
                Assert.That(Receiver.TryReceive(out probe, timeout, cancellation), Is.True);
                return probe;

            default:
                Assert.That(Receiver.TryReceiveInPlace(out probe, timeout, cancellation), Is.True);
                return probe;
        }
    }
}
