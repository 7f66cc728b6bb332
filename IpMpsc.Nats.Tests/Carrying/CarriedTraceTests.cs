using System.Diagnostics;
using IpMpsc.Nats.Tests.Support;
using NATS.Client.Core;

namespace IpMpsc.Nats.Tests.Carrying;

/// <summary>The trace of a message goes with it to the other machine.</summary>
internal sealed class CarriedTraceTests : BridgeFixture
{
    private const int Count = 3_000;

    private static readonly IpcChannelOptions s_traced = new() { TraceMessages = true };

    private static readonly ActivityTraceId s_traceId = ActivityTraceId.CreateFromString("0af7651916cd43dd8448eb211c80319c");

    [Test]
    public void EachMessageKeepsItsContextAndGetsTheTimeOfItsNewChannel()
    {
        SendAlternately();
        Out(configure: options => options.BatchBytes = 1000);
        long before = Stopwatch.GetTimestamp();
        In(channelOptions: s_traced);

        Receive((number, trace) =>
        {
            Assert.That(trace!.Value.SentTimestamp, Is.GreaterThanOrEqualTo(before));
            Assert.That(trace.Value.Context, Is.EqualTo(number % 2 == 0 ? default : ContextOf(number)), $"message {number}");
        });
    }

    [Test]
    public void SinkThatDoesNotTraceDeliversTheMessagesAlone()
    {
        SendAlternately();
        Out();
        In();
        Receive((_, trace) => Assert.That(trace, Is.Null));
    }

    /// <summary>A batch of a newer bridge is not foreign: to skip it would lose messages.</summary>
    [Test]
    public void BatchOfANewerFormatIsRefusedAndNotSkipped()
    {
        Traffic.Send(Origin, 0, 10);
        using (Out())
        {
            Patience.Until(() => IpcChannel.Inspect(Origin).BytesUsed == 0, "the stream has the messages");
        }

        ulong sequence = BrokerCalls.Publish(Server.Url, $"ipmpsc.{Stream}.messages.ticks.me", new byte[16], new NatsHeaders
        {
            ["IpMpsc-Format"] = "3",
            ["IpMpsc-Schema"] = new string('0', 32),
        });
        RunningBridge sink = In();
        string reason = sink.AwaitReason(BridgeState.Refused, "a newer bridge wrote it");
        Assert.That(reason, Does.Contain($"at sequence {sequence} ").And.Contain("the format 3"));
        Assert.That(sink.Status.Foreign, Is.Zero);
        Traffic.ReceiveAll(Target, 10);
    }

    /// <summary>Messages in two ways, one after the other: without a trace, and with one that has their number as its span.</summary>
    private void SendAlternately()
    {
        IpcChannelOptions options = new() { Capacity = 1 << 20 };
        using RecordSender plain = RecordSender.OpenOrCreate(Origin, "", options);
        using RecordSender traced = RecordSender.Open(Origin, s_traced);
        for (int number = 0; number < Count; number++)
        {
            byte[] payload = new byte[sizeof(int) + (number % 50)];
            BitConverter.TryWriteBytes(payload, number);
            if (number % 2 == 0)
            {
                plain.Send(0, 0, payload);
            }
            else
            {
                traced.Send(0, 0, payload, new MessageTrace(1, ContextOf(number)));
            }
        }
    }

    private void Receive(Action<int, MessageTrace?> check)
    {
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using ByteReceiver receiver = ByteReceiver.Open(Target);
        for (int number = 0; number < Count; number++)
        {
            Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received, Patience.Limit), Is.True);
            using (received)
            {
                Assert.That((BitConverter.ToInt32(received.Payload), received.Payload.Length), Is.EqualTo((number, sizeof(int) + (number % 50))));
                check(number, received.Trace);
            }
        }
    }

    private static ActivityContext ContextOf(int number) =>
        new(s_traceId, ActivitySpanId.CreateFromString($"{number:x16}"), ActivityTraceFlags.Recorded, isRemote: true);
}
