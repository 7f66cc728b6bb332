using IpMpsc.Nats.Batches;
using IpMpsc.Nats.Sinking;
using NATS.Client.Core;

namespace IpMpsc.Nats.Tests.Parts;

/// <summary>The position of a sink, as a number that only grows.</summary>
public sealed class CursorTests
{
    [Test]
    public void CursorIsReadAsItWasWritten()
    {
        foreach (SinkCursor cursor in new[]
        {
            new SinkCursor(0, 1, 0), new SinkCursor(0, 1, BatchLayout.MaxRecords - 1), new SinkCursor(3, 17, 5),
            new SinkCursor(SinkCursor.MaxGeneration, SinkCursor.MaxSequence, BatchLayout.MaxRecords),
        })
        {
            Assert.That(cursor.ToNumber(), Is.Positive);
            Assert.That(SinkCursor.Of(cursor.ToNumber()), Is.EqualTo(cursor));
        }
    }

    [Test]
    public void CursorGrows()
    {
        long[] numbers =
        [
            new SinkCursor(0, 1, 0).ToNumber(), new SinkCursor(0, 1, 1).ToNumber(), new SinkCursor(0, 2, 0).ToNumber(),
            new SinkCursor(0, SinkCursor.MaxSequence, BatchLayout.MaxRecords).ToNumber(), new SinkCursor(1, 1, 0).ToNumber(),
        ];
        Assert.That(numbers, Is.Ordered.Ascending.And.Unique);
    }

    [TestCase("$JS.ACK.S.C.1.5.7.1700000000000000000.9", 5, 7, 9)]
    [TestCase("$JS.ACK._.hash.S.C.1.5.7.1700000000000000000.9.token", 5, 7, 9)]
    [TestCase("$JS.ACK.hub.hash.S.C.1.5.7.1700000000000000000.9", 5, 7, 9)]
    public void PlaceOfAMessageIsRead(string reply, long sequence, long delivery, long pending)
    {
        Assert.That(PulledMessage.TryRead(Message(reply), out PulledMessage pulled), Is.True);
        Assert.That(pulled, Is.EqualTo(new PulledMessage((ulong)sequence, (ulong)delivery, pending)));
    }

    [TestCase(null)]
    [TestCase("_INBOX.1")]
    [TestCase("$JS.ACK.S.C.1.x.7.1700000000000000000.9")]
    public void MessageWithoutAPlaceIsNone(string? reply) => Assert.That(PulledMessage.TryRead(Message(reply), out _), Is.False);

    private static NatsMsg<NatsMemoryOwner<byte>> Message(string? reply) => new() { Subject = "s", ReplyTo = reply };
}
