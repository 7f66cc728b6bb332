using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>Claim, then commit, abort or dispose.</summary>
[TestFixtureSource(typeof(Configuration), nameof(Configuration.All))]
public sealed class ClaimTests(Configuration configuration) : ConformanceFixture(configuration)
{
    [Test]
    public void CommittedClaimArrives()
    {
        ProbeSender sender = OpenSender();

        sender.Claim(Probe(0), ClaimEnd.Commit, ExpectNothing);
        Assert.That(Receiver.Receive(), Is.EqualTo(Probe(0)));
        Assert.That(sender.TryClaim(Probe(1), ClaimEnd.Commit, TimeSpan.Zero), Is.True);
        ExpectSequence(1, 1);
    }

    [Test]
    public void ClaimOfTheWholeRingFitsAsSoonAsNothingButFillersIsInTheRing()
    {
        Assume.That(Configuration.FullCount, Is.GreaterThan(1), "The shortest message fills the ring.");
        Assume.That(Configuration.Kind, Is.Not.EqualTo(ProbeKind.Fixed), "A fixed message has no other size.");
        ProbeSender sender = OpenSender();
        sender.Send(Probe(0));
        ExpectSequence(0, 1);

        Assert.That(sender.TryClaim(LongestProbe(1), ClaimEnd.Commit, TimeSpan.Zero), Is.True, "The claim may use the bytes of the padding.");
        Assert.That(Receiver.Receive(), Is.EqualTo(LongestProbe(1)));
        ExpectNothing();
    }

    [Test]
    public void GivenUpClaimIsSkipped([Values(ClaimEnd.Abort, ClaimEnd.Dispose)] ClaimEnd end)
    {
        ProbeSender sender = OpenSender();

        sender.Claim(LongestProbe(7), end, ExpectNothing);
        ExpectNothing();
        Assert.That(Words.Head, Is.EqualTo(Words.Tail), "The receiver freed the bytes of the claim.");
        sender.Send(Probe(0));
        ExpectSequence(0, 1);
    }

    [Test]
    public void MessagesBehindTheClaimWaitForIt()
    {
        Assume.That(Configuration.FullCount, Is.GreaterThan(1), "The claim alone fills the ring.");
        ProbeSender first = OpenSender();
        ProbeSender second = OpenSender();

        first.Claim(Probe(0), ClaimEnd.Commit, () =>
        {
            second.Send(Probe(1));
            ExpectNothing();
        });

        ExpectSequence(0, 2);
    }

    [Test]
    public void GivenUpClaimWakesTheReceiver([Values(ClaimEnd.Abort, ClaimEnd.Dispose)] ClaimEnd end)
    {
        Assume.That(Configuration.FullCount, Is.GreaterThan(1), "The claim alone fills the ring.");
        ProbeSender first = OpenSender();
        ProbeSender second = OpenSender();
        Task<Probe> receiving = null!;

        first.Claim(Probe(7), end, () =>
        {
            second.Send(Probe(1));
            receiving = Background.Run(() => Receiver.Receive());
            Words.AwaitSleepingReceiver();
        });

        Assert.That(receiving.Finish("The receiver"), Is.EqualTo(Probe(1)));
        ExpectNothing();
    }

    [Test]
    public void ClaimOfAFullRingIsWithdrawn()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);

        using CancellationTokenSource cancellation = new();
        Task<Failure> blocked = Background.Run(
            () => Failure.Of(() => sender.Claim(Probe(7), ClaimEnd.Commit, null, cancellation.Token)));
        Words.AwaitSleepingSender();
        cancellation.Cancel();

        blocked.Finish("The cancelled claim").Expect<OperationCanceledException>();
        ExpectSequence(0, Configuration.FullCount);
        sender.Claim(Probe(0), ClaimEnd.Commit);
        ExpectSequence(0, 1);
    }
}
