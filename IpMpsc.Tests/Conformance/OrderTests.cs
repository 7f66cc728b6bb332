using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Conformance;

/// <summary>No sender's messages are lost, duplicated or reordered, in whichever way they are sent and received.</summary>
[TestFixtureSource(typeof(Configuration), nameof(Configuration.All))]
public sealed class OrderTests(Configuration configuration) : ConformanceFixture(configuration)
{
    /// <summary>
    /// Messages of each sender if each message costs two wake-ups: in a ring of one message, and if
    /// a sender waits for an empty ring. With polling, each takes about a millisecond.
    /// </summary>
    private int HandedOver => Configuration.Polls ? 25 : OperatingSystem.IsWindows() ? 50 : 300;

    /// <summary>Messages of each sender; a large ring is filled several times.</summary>
    private int Count => Configuration.FullCount < 100 ? HandedOver : OperatingSystem.IsWindows() ? 2_000 : 10_000;

    [Test]
    public void EveryWayToSend([Values] SendWay way, [Values(1, 4)] int senders)
    {
        Assume.That(Configuration.Kind == ProbeKind.Bytes || way != SendWay.ClaimMore, "A typed claim has the length of its message.");

        Transfer(way, ReceiveWay.Receive, senders, way == SendWay.SendWhenEmpty ? HandedOver : Count);
    }

    [Test]
    public void EveryWayToReceive([Values] ReceiveWay way, [Values(1, 4)] int senders)
    {
        Assume.That(Configuration.Flavour, Is.EqualTo(SenderFlavour.Shared), "The receiver does not see which sender sent.");
        Assume.That(Configuration.Kind != ProbeKind.Bytes || way < ReceiveWay.Batch, "Raw bytes have no batches.");

        Transfer(SendWay.Send, way, senders, Count);
    }

    private void Transfer(SendWay sendWay, ReceiveWay receiveWay, int senders, int count)
    {
        // Long messages among short ones, so that laps end with padding of every size.
        int longest = Configuration.FullCount < 100 ? Configuration.MaxLength : 300;
        ProbeStream[] streams =
            [.. Enumerable.Range(0, senders).Select(sender => new ProbeStream(Configuration.Kind, sender, count, sendWay, 0, longest))];
        Task[] sending = [.. streams.Select(stream =>
        {
            ProbeSender sender = OpenSender();
            return Background.Run(() => sender.Stream(stream));
        })];

        ProbeLedger ledger = new();
        Receiver.ReceiveMany(senders * count, receiveWay, ledger);

        Task.WhenAll(sending).Finish("The senders");
        ledger.RequireComplete(senders, count);
        ExpectNothing();
        Assert.That(Words.MessagesReceived, Is.EqualTo(senders * count));
    }
}
