using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Many messages with one call.</summary>
[TestFixtureSource(typeof(Configuration), nameof(Configuration.All))]
public sealed class BatchTests(Configuration configuration) : ConformanceFixture(configuration)
{
    [Test]
    public void BatchOfNothingSendsNothing()
    {
        ProbeSender sender = OpenSender();
        Assume.That(Configuration.InPeers, Is.False, "The peer's commands cannot express an empty batch.");

        sender.SendBatch([]);
        Assert.That(sender.TrySendBatch([]), Is.Zero);
        ExpectNothing();
    }

    [Test]
    public void BatchArrivesInOrder()
    {
        ProbeSender sender = OpenSender();
        int count = Math.Min(Configuration.FullCount, 100);

        sender.SendBatch(Batch(0, count));

        ExpectSequence(0, count);
    }

    [Test]
    public void BatchLongerThanTheRingIsSentInParts()
    {
        ProbeSender sender = OpenSender();
        int count = (2 * Math.Min(Configuration.FullCount, 100)) + 3;
        FillUpTo(sender, 100);

        Task sending = Background.Run(() => sender.SendBatch(Batch(0, count)));
        ExpectSequence(0, count, afterFill: true);
        sending.Finish("The batch");
        ExpectNothing();
    }

    [Test]
    public void TryBatchSendsWhatFits()
    {
        ProbeSender sender = OpenSender();
        int room = Math.Min(Configuration.FullCount, 100);
        FillUpTo(sender, room);

        Assert.That(sender.TrySendBatch(Batch(0, room + 5)), Is.EqualTo(room));
        Assert.That(sender.TrySendBatch(Batch(room, 5)), Is.Zero);
        ExpectSequence(0, room, afterFill: true);
        ExpectNothing();
    }

    [Test]
    public void CancelledTokenSendsNothing()
    {
        Assume.That(Configuration.InPeers, Is.False, "A token cannot be cancelled before its call reaches a peer.");
        ProbeSender sender = OpenSender();

        Failure.Of(() => sender.SendBatch(Batch(0, 1), new CancellationToken(canceled: true))).Expect<OperationCanceledException>();
        ExpectNothing();
    }

    [Test]
    public void CancellationWakesBlockedBatch()
    {
        ProbeSender sender = OpenSender();
        FillUpTo(sender, 1);

        using CancellationTokenSource cancellation = new();
        Task<Failure> blocked = Background.Run(() => Failure.Of(() => sender.SendBatch(Batch(0, 2), cancellation.Token)));
        Words.AwaitSleepingSender();
        cancellation.Cancel();

        blocked.Finish("The cancelled batch").Expect<PartialBatchCanceledException>("first 1 of 2");
        ExpectSequence(0, 1, afterFill: true);
        ExpectNothing();
    }

    [Test]
    public void TooLargeMessageEndsTheBatch()
    {
        Assume.That(Configuration.Kind, Is.EqualTo(ProbeKind.Variable), "A fixed message has no other size.");
        ProbeSender sender = OpenSender();
        Probe tooLarge = Configuration.Kind.Probe(0, 1, Configuration.MaxLength + 1);

        Failure.Of(() => sender.TrySendBatch([Probe(0), tooLarge, Probe(2)])).Expect<PartialBatchException>(
            "first 1 of 3", $"{Configuration.MaxLength + 1:N0} bytes", $"{Configuration.MaxLength:N0}");

        ExpectSequence(0, 1);
        Assert.That(sender.TrySendBatch([Probe(1)]), Is.EqualTo(1));
        ExpectSequence(1, 1);
    }

    private Probe[] Batch(int first, int count) => [.. Enumerable.Range(first, count).Select(sequence => Probe(sequence))];

    /// <summary>Leaves room for so many messages, behind messages of sender 1.</summary>
    private void FillUpTo(ProbeSender sender, int room)
    {
        int count = Math.Max(0, Configuration.FullCount - room);
        sender.Stream(new ProbeStream(Configuration.Kind, 1, count, SendWay.TrySend, 0, 0));
        Assert.That(Words.Tail, Is.EqualTo(count * Configuration.RecordSize));
    }

    private void ExpectSequence(int first, int count, bool afterFill)
    {
        Probe probe = Receiver.Receive();
        while (afterFill && probe.Sender == 1)
        {
            probe = Receiver.Receive();
        }

        Assert.That(probe, Is.EqualTo(Probe(first)));
        for (int sequence = first + 1; sequence < first + count; sequence++)
        {
            Assert.That(Receiver.Receive(), Is.EqualTo(Probe(sequence)));
        }
    }
}
