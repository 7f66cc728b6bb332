using IpMpsc.Nats.Tests.Support;
using Grown = IpMpsc.Nats.Tests.Support.Grown;
using New = IpMpsc.Nats.Tests.Support.New;
using Old = IpMpsc.Nats.Tests.Support.Old;

namespace IpMpsc.Nats.Tests.Brokers;

/// <summary>Both ends must agree on the messages; the one that does not reports the field.</summary>
internal sealed class StreamSchemaTests : BridgeFixture
{
    [Test]
    public void SinkRefusesAChannelOfOtherMessages()
    {
        using Receiver<New.Price> other = Receiver<New.Price>.Create(Target);
        using (Sender<Old.Price> sender = Sender<Old.Price>.OpenOrCreate(Origin))
        {
            sender.Send(new Old.Price { Bid = 1 });
        }

        Out();
        RunningBridge sink = In();
        Assert.That(sink.AwaitReason(BridgeState.Refused, "carries other messages"), Does.Contain("'Bid f64").And.Contain("'Bid f32"));
        Assert.That(other.TryReceive(out _), Is.False);
    }

    [Test]
    public void SourceRefusesAStreamOfOtherMessages()
    {
        using (Sender<Old.Price> sender = Sender<Old.Price>.OpenOrCreate(Origin))
        {
            sender.Send(new Old.Price { Bid = 1 });
        }

        RunningBridge first = Out();
        Patience.Until(() => first.Status.Messages == 1, "the first is in the stream");
        using (Sender<New.Price> sender = Sender<New.Price>.OpenOrCreate(Here["other"]))
        {
            sender.Send(new New.Price { Bid = 1 });
        }

        RunningBridge second = Out(Here["other"]);
        Assert.That(second.AwaitReason(BridgeState.Refused, "carries other messages"), Does.Contain("'Bid f64").And.Contain("'Bid f32"));
        Assert.That(IpcChannel.Inspect(Here["other"]).BytesUsed, Is.Positive);
    }

    [Test]
    public void NewerVersionOfTheMessagesJoinsTheStream()
    {
        using (Sender<Old.Price> sender = Sender<Old.Price>.OpenOrCreate(Origin))
        using (Sender<Grown.Price> grown = Sender<Grown.Price>.OpenOrCreate(Here["other"]))
        {
            sender.Send(new Old.Price { Bid = 1 });
            grown.Send(new Grown.Price { Bid = 2, Ask = 3 });
        }

        RunningBridge first = Out();
        Patience.Until(() => first.Status.Messages == 1, "the first is in the stream");
        Out(Here["other"]);
        In();
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using Receiver<Grown.Price> receiver = Receiver<Grown.Price>.Open(Target);
        Assert.That(receiver.TryReceive(out Grown.Price one, Patience.Limit), Is.True);
        Assert.That(receiver.TryReceive(out Grown.Price two, Patience.Limit), Is.True);
        Assert.That((one.Bid + two.Bid, one.Ask + two.Ask), Is.EqualTo((3.0, 3.0)));
    }
}
