using IpMpsc.MemoryPack;
using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Carrying;

/// <summary>Channels of every kind arrive with the schema, the capacity and the messages of their origin.</summary>
internal sealed class BridgeRoundTripTests : BridgeFixture
{
    [Test]
    public void TypedMessagesArriveInOrder()
    {
        Traffic.Send(Origin, 0, 20_000, options: new IpcChannelOptions { Capacity = 1 << 22 });
        RunningBridge source = Out(), sink = In();

        Traffic.ReceiveAll(Target, 20_000);

        ChannelInfo origin = IpcChannel.Inspect(Origin), target = IpcChannel.Inspect(Target);
        Assert.That(target.Schema, Is.EqualTo(origin.Schema));
        Assert.That(target.Capacity, Is.EqualTo(origin.Capacity));
        Patience.Until(() => IpcChannel.Inspect(Origin).BytesUsed == 0, "everything is released");
        source.ExpectMessages(20_000);
        sink.ExpectMessages(20_000);
        Assert.That(source.Status.Batches, Is.LessThan(1000), "messages travel in batches");
    }

    [Test]
    public void MessagesOfAProtocolKeepTheirKinds()
    {
        using (SharedLine.Sender sender = SharedLine.OpenOrCreateSender(Origin))
        {
            sender.Send(Traffic.TickOf(0, 1));
            sender.Send(new Halt { Code = 7 });
        }

        Out();
        In();
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using SharedLine.Receiver receiver = SharedLine.OpenReceiver(Target);
        Kinds kinds = new();
        Patience.Until(() => receiver.DrainTo(kinds) >= 0 && kinds.Seen.Count == 2, "both have arrived");
        Assert.That(kinds.Seen, Is.EqualTo(["tick 1", "halt 7"]));
    }

    [Test]
    public void RawBytesKeepTheirLengthsAndIds()
    {
        byte[][] payloads = [.. Enumerable.Range(0, 300).Select(length => Enumerable.Range(length, length).Select(value => (byte)value).ToArray())];
        using (ByteSender sender = ByteSender.OpenOrCreate(Origin))
        {
            foreach (byte[] payload in payloads)
            {
                sender.Send((ushort)payload.Length, payload);
            }
        }

        Out(configure: options => options.BatchBytes = 1000);
        In();
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using ByteReceiver receiver = ByteReceiver.Open(Target);
        foreach (byte[] payload in payloads)
        {
            Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received, Patience.Limit), Is.True);
            using (received)
            {
                Assert.That(received.Payload.ToArray(), Is.EqualTo(payload));
                Assert.That(received.MessageId, Is.EqualTo(payload.Length));
            }
        }
    }

    [Test]
    public void ObjectsArriveWithTheirFormat()
    {
        using (var sender = MemoryPackSender.OpenOrCreate<Crate>(Origin))
        {
            sender.Send(new Crate { Labels = ["fragile", "this side up"] });
        }

        Out();
        In();
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using var receiver = MemoryPackReceiver.OpenOrCreate<Crate>(Target); // It would refuse another format.
        Assert.That(receiver.TryReceive(out Crate? crate, Patience.Limit), Is.True);
        Assert.That(crate!.Labels, Is.EqualTo(["fragile", "this side up"]));
    }

    [Test]
    public void MessageLargerThanABatchTravelsAlone()
    {
        byte[] large = new byte[700_000];
        Random.Shared.NextBytes(large);
        IpcChannelOptions options = new() { Capacity = 1 << 21 };
        using (ByteSender sender = ByteSender.OpenOrCreate(Origin, options))
        {
            sender.Send([1]);
            sender.Send(large);
            sender.Send([2]);
        }

        Out();
        In();
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using ByteReceiver receiver = ByteReceiver.Open(Target);
        foreach (byte[] expected in new[] { [1], large, [2] })
        {
            Assert.That(receiver.TryReceiveInPlace(out ReceivedBytes received, Patience.Limit), Is.True);
            using (received)
            {
                Assert.That(received.Payload.SequenceEqual(expected), Is.True);
            }
        }
    }

    [Test]
    public void MessageThatTheBrokerDoesNotTakeIsNamedAndKept()
    {
        IpcChannelOptions options = new() { Capacity = 1 << 22 };
        using (ByteSender sender = ByteSender.OpenOrCreate(Origin, options))
        {
            sender.Send(new byte[1 << 20]);
        }

        RunningBridge source = Out();
        string reason = source.AwaitReason(BridgeState.Refused, "max_payload");
        Assert.That(reason, Does.Contain("1,048,576 bytes"));
        Assert.That(IpcChannel.Inspect(Origin).BytesUsed, Is.GreaterThan(1 << 20));
    }

    private sealed class Kinds : SharedLine.IHandler
    {
        public List<string> Seen { get; } = [];

        public void Handle(Tick.View message) => Seen.Add($"tick {message.Number}");

        public void Handle(Halt.View message) => Seen.Add($"halt {message.Code}");
    }
}
