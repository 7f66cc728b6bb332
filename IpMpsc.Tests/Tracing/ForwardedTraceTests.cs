using System.Diagnostics;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Tracing;

/// <summary>A message that comes from elsewhere keeps the trace that it had there.</summary>
[CancelAfter(60_000)]
public sealed class ForwardedTraceTests : ChannelFixture
{
    private static readonly IpcChannelOptions s_traced = new() { TraceMessages = true };

    private static readonly MessageTrace s_trace = new(
        Stopwatch.GetTimestamp() - Stopwatch.Frequency,
        ActivityContext.Parse("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", null));

    private string Target => Directory["target"];

    [Test]
    public void RecordsKeepTheTraceOfTheirOrigin([Values] bool isForwarder)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using Activity other = new Activity("other").SetIdFormat(ActivityIdFormat.W3C).Start();
        if (isForwarder)
        {
            using RecordForwarder forwarder = RecordForwarder.Open(ChannelPath, "source", s_traced);
            forwarder.Send(7, 0, [1], 1, s_trace);
            Assert.That(forwarder.TrySend(7, 0, [2], 2, s_trace));
        }
        else
        {
            using RecordSender sender = RecordSender.Open(ChannelPath, s_traced);
            sender.Send(7, 0, [1], s_trace);
            Assert.That(sender.TrySend(7, 0, [2], s_trace));
        }

        for (byte number = 1; number <= 2; number++)
        {
            using HeldBytes message = receiver.Hold();
            Assert.That(message.Payload.ToArray(), Is.EqualTo([number]));
            Assert.That(message.Trace!.Value.SentTimestamp, Is.EqualTo(s_trace.SentTimestamp));
            Assert.That(message.Trace.Value.Context.SpanId, Is.EqualTo(s_trace.Context.SpanId));
            Assert.That(message.Trace.Value.Context.TraceId, Is.EqualTo(s_trace.Context.TraceId));
            Assert.That(message.Trace.Value.Context.TraceFlags, Is.EqualTo(ActivityTraceFlags.Recorded));
        }
    }

    [Test]
    public void AMessageWithoutATraceEntersWithTheCurrentContext()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using Activity current = new Activity("current").SetIdFormat(ActivityIdFormat.W3C).Start();
        using RecordForwarder forwarder = RecordForwarder.Open(ChannelPath, "source", s_traced);
        forwarder.Send(0, 0, [1], 1, s_trace);
        forwarder.Send(0, 0, [2], 2);

        using HeldBytes first = receiver.Hold(), second = receiver.Hold();
        Assert.That((first.Trace!.Value.Context.SpanId, second.Trace!.Value.Context.SpanId), Is.EqualTo((s_trace.Context.SpanId, current.SpanId)));
    }

    [Test]
    public void ATraceWithoutAContextIsATimeAlone()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using Activity other = new Activity("other").SetIdFormat(ActivityIdFormat.W3C).Start();
        using RecordSender sender = RecordSender.Open(ChannelPath, s_traced);
        sender.Send(0, 0, [1], new MessageTrace(17, default));

        using HeldBytes message = receiver.Hold();
        Assert.That(message.Trace, Is.EqualTo(new MessageTrace(17, default)));
    }

    [Test]
    public void ATimeOfZeroIsThatOfTheSend()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using RecordSender sender = RecordSender.Open(ChannelPath, s_traced);
        long before = Stopwatch.GetTimestamp();
        sender.Send(0, 0, [1], s_trace with { SentTimestamp = 0 });

        using HeldBytes message = receiver.Hold();
        Assert.That(message.Trace!.Value.SentTimestamp, Is.InRange(before, Stopwatch.GetTimestamp()));
        Assert.That(message.Trace.Value.Context.SpanId, Is.EqualTo(s_trace.Context.SpanId));
    }

    [Test]
    public void ASenderThatDoesNotTraceTakesNoRoomForIt()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using RecordSender sender = RecordSender.Open(ChannelPath);
        using RecordForwarder forwarder = RecordForwarder.Open(ChannelPath, "source");
        sender.Send(0, 0, [1], s_trace);
        forwarder.Send(0, 0, [1], 1, s_trace);

        Assert.That(receiver.BytesUsed, Is.EqualTo(2 * 32));
        using HeldBytes first = receiver.Hold(), second = receiver.Hold();
        Assert.That((first.Trace, second.Trace), Is.EqualTo(((MessageTrace?)null, (MessageTrace?)null)));
    }

    [Test]
    public void ASenderThatDropsTheNewestCountsIt()
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 128 });
        using RecordSender sender = RecordSender.Open(ChannelPath, s_traced with { FullMode = FullMode.DropNewest });
        sender.Send(0, 0, [1], s_trace);
        sender.Send(0, 0, [2], s_trace);

        Assert.That(sender.DroppedMessages, Is.EqualTo(1));
    }

    /// <summary>Laps of a small ring, with a kill of the forwarder before and after the stamp of a message with a trailer.</summary>
    [Test]
    public void EachMessageHasItsOwnTraceAcrossTheDeathsOfForwarders([Values("claim.cas-tail", "commit.stamp", "wake.check")] string step)
    {
        const int Count = 60;
        using ByteReceiver receiver = ByteReceiver.Create(Target, new IpcChannelOptions { Capacity = 1024 });
        List<(long Number, long Sent, string Span)> received = [];
        using (PeerProcess victim = PeerProcess.Start(CrashOrder.Kill(step, 20), "forward", Target, "source", $"{Count}", "traced"))
        {
            Receive(receiver, received, () => victim.HasExited);
            victim.ExpectKilled();
        }

        using (PeerProcess successor = PeerProcess.Start("forward", Target, "source", $"{Count}", "traced"))
        {
            Receive(receiver, received, () => successor.HasExited);
        }

        Assert.That(received, Is.EqualTo(Enumerable.Range(1, Count).Select(number => ((long)number, (long)number, $"{number:x16}"))));
    }

    private static void Receive(ByteReceiver receiver, List<(long Number, long Sent, string Span)> received, Func<bool> isEnd)
    {
        bool isLast;
        do
        {
            isLast = isEnd(); // Before the look, which finds everything that was sent until then.
            while (receiver.TryReceiveInPlace(out ReceivedBytes message, TimeSpan.FromMilliseconds(20)))
            {
                using (message)
                {
                    MessageTrace trace = message.Trace!.Value;
                    received.Add((BitConverter.ToInt64(message.Payload), trace.SentTimestamp, $"{trace.Context.SpanId}"));
                }
            }
        }
        while (!isLast);
    }
}
