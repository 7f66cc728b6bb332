#pragma warning disable IPM0048 // Two tests rewind to messages that are held.
using System.Diagnostics;
using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Tracing;

/// <summary>Messages carry the time at which they were sent and the context of the sender's activity, if the sender asks for it.</summary>
[CancelAfter(60_000)]
public sealed class TraceTests : ChannelFixture
{
    /// <summary>Bytes of a tick in the ring, with its trailer.</summary>
    private const int Record = 32 + 48;

    private static readonly IpcChannelOptions s_traced = new() { TraceMessages = true };

    private Activity _activity = null!;

    [SetUp]
    public void BeginActivity()
    {
        _activity = new Activity("order");
        _activity.SetIdFormat(ActivityIdFormat.W3C);
        _activity.ActivityTraceFlags = ActivityTraceFlags.Recorded;
        _activity.Start();
    }

    [TearDown]
    public void EndActivity() => _activity.Dispose();

    [Test]
    public void TimeAndContextArrive([Values] bool isExclusive)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        long before = Stopwatch.GetTimestamp();
        if (isExclusive)
        {
            using ExclusiveSender<Tick> sender = ExclusiveSender<Tick>.Open(ChannelPath, s_traced);
            sender.Send(new Tick { Number = 5 });
        }
        else
        {
            using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, s_traced);
            sender.Send(new Tick { Number = 5 });
        }

        using ReceivedMessage<Tick> message = receiver.ReceiveInPlace();
        MessageTrace trace = message.Trace!.Value;
        Assert.That(trace.SentTimestamp, Is.InRange(before, Stopwatch.GetTimestamp()));
        Assert.That(trace.Age, Is.GreaterThanOrEqualTo(TimeSpan.Zero));
        Assert.That(trace.Context.TraceId, Is.EqualTo(_activity.TraceId));
        Assert.That(trace.Context.SpanId, Is.EqualTo(_activity.SpanId));
        Assert.That(trace.Context.TraceFlags, Is.EqualTo(ActivityTraceFlags.Recorded));
        Assert.That(trace.Context.IsRemote);
        Assert.That(message.Read().Number, Is.EqualTo(5));
    }

    [Test]
    public void ATraceCrossesProcessesAndSurvivesADeath()
    {
        const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        long before = Stopwatch.GetTimestamp();
        using (PeerProcess peer = PeerProcess.Start("sender", "Fixed", "Shared", ChannelPath, "traced", Parent))
        {
            peer.Expect("open");
            peer.Say($"stream 0 1 Send 0 0");
            peer.Expect("ok");
            peer.Kill();
        }

        long after = Stopwatch.GetTimestamp();
        receiver.Hold();
        receiver.Rewind();
        using HeldMessage<FixedProbe> message = receiver.Hold();
        MessageTrace trace = message.Trace!.Value;
        Assert.That($"{trace.Context.TraceId}", Is.EqualTo(Parent[3..35]));
        Assert.That($"{trace.Context.SpanId}", Is.Not.EqualTo(Parent[36..52]).And.Not.EqualTo(new string('0', 16)), "The span is that of the peer's own activity, a child of the given parent.");
        Assert.That(trace.Context.TraceFlags, Is.EqualTo(ActivityTraceFlags.Recorded));
        Assert.That(trace.SentTimestamp, Is.InRange(before, after));
    }

    [Test]
    public void WithoutAnActivityThereIsNoContext()
    {
        Activity.Current = null;
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, s_traced);
        sender.Send(default);

        using HeldMessage<Tick> message = receiver.Hold();
        Assert.That(message.Trace!.Value.Context, Is.EqualTo(default(ActivityContext)));
        Assert.That(message.Trace.Value.SentTimestamp, Is.Positive);
    }

    [Test]
    public void SendersThatDoNotAskSendNothing()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, s_traced);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath);
        sender.Send(default);

        Assert.That(receiver.BytesUsed, Is.EqualTo(32));
        using ReceivedMessage<Tick> message = receiver.ReceiveInPlace();
        Assert.That(message.Trace, Is.Null);
    }

    [Test]
    public void EveryWayToSendAndReceiveOverManyLaps()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { Capacity = 256 });
        using Sender<Tick> traced = Sender<Tick>.Open(ChannelPath, s_traced);
        using Sender<Tick> plain = Sender<Tick>.Open(ChannelPath);
        for (long number = 0; number < 300; number += 3)
        {
            traced.Send(new Tick { Number = number });
            plain.Send(new Tick { Number = number + 1 });
            Assert.That(receiver.Receive().Number, Is.EqualTo(number));
            using (Claim<Tick> claim = traced.Claim())
            {
                claim.Writer.Number = number + 2;
                claim.Commit();
            }

            Assert.That(receiver.TryReceive(out Tick second));
            Assert.That(second.Number, Is.EqualTo(number + 1));
            long third = -1;
            Assert.That(receiver.Drain(message => third = message.View.Number), Is.EqualTo(1));
            Assert.That(third, Is.EqualTo(number + 2));
        }

        Assert.That(receiver.BytesUsed, Is.Zero);
        Assert.That(receiver.TryReceive(out _), Is.False);
    }

    [Test]
    public void ABatchHasATrailerForEachMessage()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { Capacity = 1024 });
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, s_traced);
        Assert.That(sender.TrySendBatch([.. Enumerable.Range(0, 20).Select(number => new Tick { Number = number })]), Is.EqualTo(1024 / Record));
        Assert.That(sender.TrySend(default), Is.False, "The ring has no room for a message with its trailer.");

        for (int number = 0; number < 1024 / Record; number++)
        {
            using HeldMessage<Tick> message = receiver.Hold();
            Assert.That(message.View.Number, Is.EqualTo(number));
            Assert.That(message.Trace!.Value.Context.SpanId, Is.EqualTo(_activity.SpanId));
        }
    }

    [Test]
    public void ShorterCommitsKeepTheTrailerBehindThePayload()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 1024 });
        using ByteSender sender = ByteSender.Open(ChannelPath, s_traced);
        for (int length = 0; length <= 200; length++)
        {
            using (ByteClaim claim = sender.Claim(200))
            {
                claim.Payload.Fill((byte)length);
                claim.Commit(length);
            }

            using ReceivedBytes message = receiver.ReceiveInPlace();
            Assert.That(message.Payload.Length, Is.EqualTo(length));
            Assert.That(message.Payload.ContainsAnyExcept((byte)length), Is.False);
            Assert.That(message.Trace!.Value.Context.TraceId, Is.EqualTo(_activity.TraceId));
        }
    }

    [Test]
    public void TheLongestMessageLeavesRoomForTheTrailer()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 128 });
        using ByteSender sender = ByteSender.Open(ChannelPath, s_traced);
        Assert.That(sender.MaxMessageSize, Is.EqualTo(128 - 16 - 48));
        Assert.That(() => sender.Send(new byte[65]), Throws.TypeOf<MessageTooLargeException>());
        for (int turn = 0; turn < 3; turn++)
        {
            sender.Send(new byte[64]);
            using HeldBytes message = receiver.Hold();
            Assert.That((message.Payload.Length, message.Trace.HasValue), Is.EqualTo((64, true)));
        }
    }

    [Test]
    public async Task AsynchronousSendsTakeTheContextOfTheirCaller()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 + 64 });
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, s_traced);
        await sender.SendAsync(new Tick { Number = 1 });
        ValueTask waiting = sender.SendAsync(new Tick { Number = 2 });
        Activity.Current = null; // The waiting send is completed by another thread, or by this one in another activity.
        for (int number = 1; number <= 2; number++)
        {
            using HeldMessage<Tick> message = receiver.Hold();
            Assert.That(message.View.Number, Is.EqualTo(number));
            Assert.That(message.Trace!.Value.Context.SpanId, Is.EqualTo(_activity.SpanId), $"message {number}");
        }

        await waiting;
    }

    [Test]
    public void HeldMessagesAndThoseReceivedAgainKeepTheirTrace()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, s_traced);
        sender.Send(new Tick { Number = 1 });
        sender.Send(new Tick { Number = 2 });
        MessageTrace? first = receiver.Hold().Trace;
        using HeldMessage<Tick> second = receiver.Hold();
        Assert.That(second.Position, Is.EqualTo(Record));
        receiver.Rewind();

        using HeldMessage<Tick> again = receiver.Hold();
        Assert.That(again.View.Number, Is.EqualTo(1));
        Assert.That(again.Trace, Is.EqualTo(first));
        Assert.That(() => second.Trace, Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void ObserversSeeTheTrace()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using Sender<Tick> sender = Sender<Tick>.Open(ChannelPath, s_traced);
        using ChannelObserver observer = ChannelObserver.Open(ChannelPath);
        ChannelTap tap = observer.OpenTap();
        sender.Send(new Tick { Number = 1 });
        sender.Send(new Tick { Number = 2 });

        PeekedMessage[] peeked = [.. observer.Peek().Messages];
        Assert.That(peeked.Select(message => message.Trace!.Value.Context.SpanId), Is.All.EqualTo(_activity.SpanId).And.Exactly(2).Items);
        receiver.Receive();
        receiver.Receive();
        Assert.That(observer.ReadHistory().Messages.Select(message => message.Trace), Is.EqualTo(peeked.Select(message => message.Trace)));
        Assert.That(tap.TryRead(out PeekedMessage? tapped));
        Assert.That((tapped!.Trace, tapped.Payload.ToArray()), Is.EqualTo((peeked[0].Trace, peeked[0].Payload.ToArray())));
    }

    [Test]
    public void TheMeterMeasuresEachMessageOnce()
    {
        using ChannelTimes times = new(ChannelPath);
        using Receiver<Tick> receiver = Receiver<Tick>.Create(ChannelPath);
        using Sender<Tick> traced = Sender<Tick>.Open(ChannelPath, s_traced);
        using Sender<Tick> plain = Sender<Tick>.Open(ChannelPath);
        traced.Send(default);
        plain.Send(default);
        traced.Send(default);
        receiver.Hold();
        receiver.Rewind();
        while (receiver.TryReceive(out _))
        {
        }

        Assert.That(times.Seconds, Is.All.GreaterThanOrEqualTo(0).And.Exactly(2).Items);
    }
}
