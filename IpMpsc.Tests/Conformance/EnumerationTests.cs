using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>ReadAll and Drain.</summary>
[TestFixtureSource(typeof(Configuration), nameof(Configuration.All))]
public sealed class EnumerationTests(Configuration configuration) : ConformanceFixture(configuration)
{
    [Test]
    public void ReadAllReleasesTheLastMessageToo()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);
        int last = Configuration.FullCount - 1;

        Receiver.ReadAll(probe => probe.Sequence < last);

        Assert.That(Words.Head, Is.EqualTo(Words.Tail));
        sender.Send(Probe(0));
        ExpectSequence(0, 1);
    }

    [Test]
    public void ReadAllReleasesWhenTheLoopThrows()
    {
        ProbeSender sender = OpenSender();
        sender.Send(Probe(0));

        Failure.Of(() => Receiver.ReadAll(_ => throw new NotSupportedException())).Expect<NotSupportedException>();

        sender.Send(Probe(1));
        ExpectSequence(1, 1);
    }

    [Test]
    public void CancellationEndsReadAll()
    {
        ProbeSender sender = OpenSender();
        using CancellationTokenSource cancellation = new();
        sender.Send(Probe(0));
        Task<Failure> reading = Background.Run(() => Failure.Of(() => Receiver.ReadAll(_ => true, cancellation.Token)));
        Patience.Until(() => Words.MessagesReceived == 1, "the message was released");
        Words.AwaitSleepingReceiver();
        cancellation.Cancel();

        reading.Finish("The cancelled loop").Expect<OperationCanceledException>();
        sender.Send(Probe(1));
        ExpectSequence(1, 1);
    }

    [Test]
    public void DrainHandlesWhatIsThere()
    {
        ProbeSender sender = OpenSender();
        ProbeLedger ledger = new();
        Assert.That(Receiver.Drain(ledger.Enter), Is.Zero);

        Fill(sender);
        Assert.That(Receiver.Drain(ledger.Enter, 0), Is.Zero);
        Assert.That(Receiver.Drain(ledger.Enter, 1), Is.EqualTo(1));
        Assert.That(Receiver.Drain(ledger.Enter), Is.EqualTo(Configuration.FullCount - 1));
        ledger.RequireComplete(1, Configuration.FullCount);
    }

    [Test]
    public void DrainReleasesTheMessageWhoseHandlerThrows()
    {
        ProbeSender sender = OpenSender();
        Fill(sender);

        Failure.Of(() => Receiver.Drain(_ => throw new NotSupportedException())).Expect<NotSupportedException>();

        ExpectSequence(1, Configuration.FullCount - 1);
    }
}
