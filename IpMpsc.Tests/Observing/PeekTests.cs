using IpMpsc.Layout;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Observing;

/// <summary>An observer copies the messages that wait, and nothing else.</summary>
public sealed class PeekTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 4096 };

    [Test]
    public void MessagesStayWhereTheyAre()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Assert.That(observer.Peek().Messages, Is.Empty);

        Send(sender, 0, 5);

        Assert.That(Sequences(observer.Peek()), Is.EqualTo(new long[] { 0, 1, 2, 3, 4 }));
        Assert.That(Sequences(observer.Peek(2)), Is.EqualTo(new long[] { 0, 1 }));
        Assert.That(observer.Peek(0).Messages, Is.Empty);
        for (int sequence = 0; sequence < 5; sequence++)
        {
            Assert.That(ByteProbe.Verify(receiver.Receive()).Sequence, Is.EqualTo(sequence));
        }

        Assert.That(observer.Peek().Messages, Is.Empty);
    }

    /// <summary>Padding at the end of a lap and aborted claims lie between the messages of a full ring.</summary>
    [Test]
    public void EveryLapIsSeen([Values(16, 100, 1000)] int length)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        long received = 0;
        for (long sent = 0; sent < 1000;)
        {
            while (sender.TrySend(ByteProbe.From(new Probe(1, sent, length))))
            {
                sent++;
                if (sent % 3 == 0 && sender.TryClaim(length, out ByteClaim claim))
                {
                    claim.Abort();
                }
            }

            Assert.That(Sequences(observer.Peek()), Is.EqualTo(Enumerable.Range((int)received, (int)(sent - received))));
            for (; received < sent; received++)
            {
                receiver.Receive();
            }
        }
    }

    [Test]
    public void MessagesBehindAClaimAreSeen()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Send(sender, 0, 1);
        ByteClaim claim = sender.Claim(200);
        Send(sender, 1, 2);

        Assert.That(Sequences(observer.Peek()), Is.EqualTo(new long[] { 0, 1, 2 }));
        claim.Abort();
        Assert.That(Sequences(observer.Peek()), Is.EqualTo(new long[] { 0, 1, 2 }));
    }

    [Test]
    public void MessagesBehindTheGapOfADeadSenderAreSeen()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using PeerProcess holder = PeerProcess.Start("claims", ChannelPath, "1");
        holder.Expect("held");
        Send(sender, 0, 4);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        HeadState alive = observer.Inspect().Head;
        Assert.That(Sequences(observer.Peek()), Is.EqualTo(new long[] { 0, 1, 2, 3 }));

        holder.Kill();

        Assert.That(Sequences(observer.Peek()), Is.EqualTo(new long[] { 0, 1, 2, 3 }));
        Assert.That((alive, observer.Inspect().Head), Is.EqualTo((HeadState.Claimed, HeadState.Abandoned)));
    }

    [Test]
    public void IdAndVersionAreThoseOfTheMessage()
    {
        using Receiver<Waiting.Note> receiver = Receiver<Waiting.Note>.Create(ChannelPath);
        using Sender<Waiting.Note> sender = Sender<Waiting.Note>.Open(ChannelPath);
        sender.Send(new Waiting.Note { Number = 7, Text = "seven" });
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);

        PeekedMessage message = observer.Peek().Messages.Single();

        MessageSchema schema = MessageSchema.Of<Waiting.Note>();
        Assert.That((message.MessageId, message.SchemaVersion), Is.EqualTo((schema.Id, schema.Version)));
        Assert.That(Schemas.SchemaDocument.Parse(observer.Inspect().Schema).Find(message.MessageId)!
            .Decode(message.Payload.Span, message.SchemaVersion)["Text"], Is.EqualTo("seven"));
    }

    /// <summary>
    /// Sender and receiver run as fast as they can in a ring that they overwrite thousands of times; each
    /// copy that the observer returns is one that a sender made.
    /// </summary>
    [Test]
    public void CopiesAreWholeWhileTheRingIsOverwritten()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 4096 });
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        using CancellationTokenSource end = new();
        Task sending = Background.Run(() =>
        {
            using ByteSender sender = ByteSender.Open(ChannelPath);
            for (long sequence = 0; !end.IsCancellationRequested;)
            {
                byte[] probe = ByteProbe.From(new Probe(1, sequence, 16 + (int)(sequence % 600)));
                sequence += sender.TrySend(probe, TimeSpan.FromMilliseconds(100)) ? 1 : 0;
            }
        });
        Task receiving = Background.Run(() =>
        {
            Span<byte> buffer = stackalloc byte[4096];
            while (!sending.IsCompleted)
            {
                receiver.TryReceive(buffer, out _, TimeSpan.FromMilliseconds(1));
            }
        });

        int seen = 0;
        while (seen < 20_000)
        {
            ChannelPeek peek = observer.Peek();
            Assert.That(peek.CorruptPosition, Is.Null);
            long last = -1;
            foreach (PeekedMessage message in peek.Messages)
            {
                long sequence = ByteProbe.Verify(message.Payload.Span).Sequence;
                Assert.That(sequence, Is.GreaterThan(last));
                last = sequence;
                seen++;
            }
        }

        end.Cancel();
        sending.Finish("The sender");
        receiving.Finish("The receiver");
    }

    [Test]
    public void ACorruptRecordEndsTheView()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, s_small);
        using ByteSender sender = ByteSender.Open(ChannelPath);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        Send(sender, 0, 4);
        long third = observer.Peek().Messages[2].Position;
        using SegmentWords words = new(ChannelPath);
        long data = words.ReadInt64(HeaderDescriptor.DataOffset);

        words.Write(data + third + RecordDescriptor.LengthOffset, 1_000_000u);
        ChannelPeek tooLong = observer.Peek();
        words.Write(data + third, 0L);
        ChannelPeek unowned = observer.Peek();

        foreach (ChannelPeek peek in new[] { tooLong, unowned })
        {
            Assert.That(Sequences(peek), Is.EqualTo(new long[] { 0, 1 }));
            Assert.That(peek.CorruptPosition, Is.EqualTo(third));
        }
    }

    /// <summary>The largest possible table, full of forged claims: each is checked a few times, instead of each against all others.</summary>
    [Test]
    public void ATableFullOfClaimsIsSeenThrough([Values] bool oneBehindTheOther)
    {
        const int Slots = 4096;
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { MaxSenders = Slots });
        using (SegmentWords words = new(ChannelPath))
        {
            for (int slot = 0; slot < Slots; slot++)
            {
                long place = SegmentLayout.SlotsOffset + (slot * SlotDescriptor.Size);
                words.Write(place + SlotDescriptor.ClaimPositionOffset, oneBehindTheOther ? 16L * slot : 0);
                words.Write(place + SlotDescriptor.ClaimLengthOffset, oneBehindTheOther ? 16 : 32 + (16L * slot));
            }

            words.Write(HeaderDescriptor.TailOffset, oneBehindTheOther ? 16L * Slots : receiver.Capacity);
        }

        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelPeek peek = observer.Peek();

        Assert.That(peek.Messages, Is.Empty);
        Assert.That(peek.CorruptPosition, Is.Null, "The claims themselves are plausible; only their owners do not exist.");
    }

    private static void Send(ByteSender sender, int first, int count)
    {
        for (int sequence = first; sequence < first + count; sequence++)
        {
            sender.Send(ByteProbe.From(new Probe(1, sequence, 50)));
        }
    }

    private static IEnumerable<long> Sequences(ChannelPeek peek) =>
        peek.Messages.Select(message => ByteProbe.Verify(message.Payload.Span).Sequence);
}
