using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Every way to send one message.</summary>
[TestFixtureSource(typeof(Configuration), nameof(Configuration.All))]
public sealed class SendTests(Configuration configuration) : ConformanceFixture(configuration)
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(5);

    [Test]
    public void SentMessagesArrive()
    {
        ProbeSender sender = OpenSender();
        for (long sequence = 0; sequence < 10; sequence++)
        {
            sender.Send(Probe(sequence));
            Assert.That(Receiver.Receive(), Is.EqualTo(Probe(sequence)));
        }

        ExpectNothing();
    }

    [Test]
    public void FullRingIsFalse()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);
        long full = Configuration.FullCount;

        Assert.That(sender.TrySend(Probe(full)), Is.False);
        Assert.That(sender.TrySend(Probe(full), TimeSpan.Zero), Is.False);
        Assert.That(sender.TrySend(Probe(full), s_short), Is.False);
        Assert.That(sender.TryClaim(Probe(full), ClaimEnd.Commit, TimeSpan.Zero), Is.False);
        Assert.That(sender.TryClaim(Probe(full), ClaimEnd.Commit, s_short), Is.False);
        Assert.That(sender.TrySendWhenEmpty(Probe(full), s_short), Is.False);

        Assert.That(Receiver.Receive().Sequence, Is.Zero);
        Assert.That(sender.TrySend(Probe(full)), Is.True);
        ExpectSequence(1, full);
    }

    [Test]
    public void BlockedSenderWakesWhenSpaceComes([Values] bool withTimeout)
    {
        ProbeSender sender = OpenSender();
        Fill(sender);
        long full = Configuration.FullCount;

        Task blocked = withTimeout
            ? Background.Run(() => Assert.That(sender.TrySend(Probe(full), Patience.Limit), Is.True))
            : Background.Run(() => sender.Send(Probe(full)));
        Words.AwaitSleepingSender();
        Assert.That(blocked.IsCompleted, Is.False);

        Assert.That(Receiver.Receive().Sequence, Is.Zero);
        blocked.Finish("The blocked sender");
        ExpectSequence(1, full);
    }

    [Test]
    public void BlockedClaimWakesWhenSpaceComes()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);
        long full = Configuration.FullCount;

        Task blocked = Background.Run(() => sender.Claim(Probe(full), ClaimEnd.Commit));
        Words.AwaitSleepingSender();

        Assert.That(Receiver.Receive().Sequence, Is.Zero);
        blocked.Finish("The blocked claim");
        ExpectSequence(1, full);
    }

    [Test]
    public void CancellationWakesBlockedSender()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);
        long full = Configuration.FullCount;

        using CancellationTokenSource cancellation = new();
        Task<Failure> blocked = Background.Run(() => Failure.Of(() => sender.Send(Probe(full), cancellation.Token)));
        Words.AwaitSleepingSender();
        cancellation.Cancel();

        blocked.Finish("The cancelled sender").Expect<OperationCanceledException>();
        ExpectSequence(0, full);
        sender.Send(Probe(0));
        ExpectSequence(0, 1);
    }

    [Test]
    public void CancelledTokenSendsNothing()
    {
        Assume.That(Configuration.InPeers, Is.False, "A token cannot be cancelled before its call reaches a peer.");
        ProbeSender sender = OpenSender();
        CancellationToken cancelled = new(canceled: true);

        Failure.Of(() => sender.Send(Probe(0), cancelled)).Expect<OperationCanceledException>();
        Failure.Of(() => sender.TrySend(Probe(0), s_short, cancelled)).Expect<OperationCanceledException>();
        Failure.Of(() => sender.SendWhenEmpty(Probe(0), cancelled)).Expect<OperationCanceledException>();
        Failure.Of(() => sender.Claim(Probe(0), ClaimEnd.Commit, null, cancelled)).Expect<OperationCanceledException>();
        ExpectNothing();
        Assert.That(sender.TrySend(Probe(0)), Is.True);
        ExpectSequence(0, 1);
    }

    [Test]
    public void DisposeWakesBlockedSender()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);

        Task<Failure> blocked = Background.Run(() => Failure.Of(() => sender.Send(Probe(Configuration.FullCount))));
        Words.AwaitSleepingSender();
        sender.Dispose();

        blocked.Finish("The disposed sender").Expect<ObjectDisposedException>("sender was disposed");
        ExpectSequence(0, Configuration.FullCount);
        OpenSender().Send(Probe(0));
        ExpectSequence(0, 1);
    }

    [Test]
    public void SendWhenEmptyWaitsUntilEverythingIsReceived()
    {
        ProbeSender first = OpenSender();
        ProbeSender second = OpenSender();
        second.SendWhenEmpty(Probe(0));

        Task blocked = Background.Run(() => first.SendWhenEmpty(Probe(1)));
        Words.AwaitSleepingSender();
        Assert.That(second.TrySendWhenEmpty(Probe(2), s_short), Is.False);
        Assert.That(blocked.IsCompleted, Is.False);

        Assert.That(Receiver.Receive().Sequence, Is.Zero);
        blocked.Finish("SendWhenEmpty");
        ExpectSequence(1, 1);
        Assert.That(second.TrySendWhenEmpty(Probe(2), Patience.Limit), Is.True);
        ExpectSequence(2, 1);
    }

    [Test]
    public void RingWithClaimIsNotEmpty()
    {
        ProbeSender first = OpenSender();
        ProbeSender second = OpenSender();

        first.Claim(Probe(0), ClaimEnd.Commit, () => Assert.That(second.TrySendWhenEmpty(Probe(1), s_short), Is.False));

        ExpectSequence(0, 1);
    }

    [Test]
    public void LargestMessageFits()
    {
        Assert.That(Receiver.MaxMessageSize, Is.EqualTo(Configuration.Capacity - 16));
        ProbeSender sender = OpenSender();

        // Twice, so that the second one begins where the first one ended; then behind a short one.
        Assert.That(sender.TrySend(LongestProbe(0)), Is.True);
        Assert.That(Receiver.Receive(), Is.EqualTo(LongestProbe(0)));
        sender.Claim(LongestProbe(1), ClaimEnd.Commit);
        Assert.That(Receiver.ReceiveInPlace(), Is.EqualTo(LongestProbe(1)));
        Task sending = Background.Run(() =>
        {
            sender.Send(Probe(2));
            sender.Send(LongestProbe(3));
        });
        Assert.That(Receiver.Receive(), Is.EqualTo(Probe(2)));
        Assert.That(Receiver.Receive(), Is.EqualTo(LongestProbe(3)));
        sending.Finish("The sender");
        ExpectNothing();
    }

    [Test]
    public void OneByteMoreIsTooLarge()
    {
        Assume.That(Configuration.Kind, Is.Not.EqualTo(ProbeKind.Fixed), "A fixed message has no other size.");
        ProbeSender sender = OpenSender();
        Probe tooLarge = Configuration.Kind.Probe(0, 0, Configuration.MaxLength + 1);
        string[] told = [$"{Configuration.MaxLength + 1:N0} bytes", $"the {Configuration.MaxLength:N0} that channel", $"larger capacity, of {2 * (Configuration.MaxLength + 16):N0} bytes"];

        Failure.Of(() => sender.Send(tooLarge)).Expect<MessageTooLargeException>(told);
        Failure.Of(() => sender.TrySend(tooLarge)).Expect<MessageTooLargeException>(told);
        Failure.Of(() => sender.TrySend(tooLarge, s_short)).Expect<MessageTooLargeException>(told);
        Failure.Of(() => sender.SendWhenEmpty(tooLarge)).Expect<MessageTooLargeException>(told);
        Failure.Of(() => sender.Claim(tooLarge, ClaimEnd.Commit)).Expect<MessageTooLargeException>(told);
        Failure.Of(() => sender.TryClaim(tooLarge, ClaimEnd.Commit, s_short)).Expect<MessageTooLargeException>(told);

        ExpectNothing();
        sender.Send(LongestProbe(0));
        Assert.That(Receiver.Receive(), Is.EqualTo(LongestProbe(0)));
    }
}
