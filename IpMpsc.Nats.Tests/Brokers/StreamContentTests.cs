using IpMpsc.Nats.Tests.Support;
using Microsoft.Extensions.Logging;
using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats.Tests.Brokers;

/// <summary>Streams with other messages than those of bridges.</summary>
internal sealed class StreamContentTests : BridgeFixture
{
    [Test]
    public void ForeignMessagesAreSkippedAndCounted()
    {
        BrokerCalls.Create(Server.Url, new StreamConfig(Stream, [$"ipmpsc.{Stream}.>", "news.>"]));
        NatsHeaders forged = new() { ["IpMpsc-Format"] = "1", ["IpMpsc-Schema"] = new string('0', 32) };
        for (int round = 0; round < 3; round++)
        {
            BrokerCalls.Publish(Server.Url, "news.today", [1, 2, 3]); // Sinks do not even see it.
            BrokerCalls.Publish(Server.Url, $"ipmpsc.{Stream}.messages.ticks.me", [1, 2, 3]);
            BrokerCalls.Publish(Server.Url, $"ipmpsc.{Stream}.messages.ticks.me", []);
            BrokerCalls.Publish(Server.Url, $"ipmpsc.{Stream}.messages.ticks.me", new byte[16], forged);
            BrokerCalls.Publish(Server.Url, $"ipmpsc.{Stream}.messages.ticks.me", [0, 0, 0, 0, 255, 255, 255, 127, 0, 0, 0, 0, 0, 0, 0, 0], forged);
        }

        Traffic.Send(Origin, 0, 1_000);
        Out();
        RunningBridge sink = In();
        Traffic.ReceiveAll(Target, 1_000);
        Assert.That(sink.Status.Foreign, Is.EqualTo(12));
        Assert.That(Log.From(LogLevel.Warning), Has.Some.Contains("is not a batch of a bridge (it names no schema)"));
    }

    [Test]
    public void OthersMayWriteIntoTheStreamWhileABridgeDoes()
    {
        BrokerCalls.Create(Server.Url, new StreamConfig(Stream, [$"ipmpsc.{Stream}.>", "news.>"]));
        Task producer = Background.Run(() => Traffic.Send(Origin, 0, 50_000));
        Out();
        In();
        Task others = Background.Run(() =>
        {
            for (int number = 0; number < 200; number++)
            {
                BrokerCalls.Publish(Server.Url, "news.today", [1, 2, 3]);
            }
        });
        Traffic.ReceiveAll(Target, 50_000);
        Task.WhenAll(producer, others).Finish("the writers");
    }

    [Test]
    public void StreamThatDoesNotTakeTheSubjectIsNamed()
    {
        BrokerCalls.Create(Server.Url, new StreamConfig(Stream, ["news.>"]));
        Traffic.Send(Origin, 0, 10);
        Assert.That(
            Out().AwaitReason(BridgeState.Waiting, "nothing takes"), Does.Contain($"Add 'ipmpsc.{Stream}.>' to its subjects"));
        Out(Here["other"], options => options.Subject = "news.ticks"); // A subject that it takes.
        Traffic.Send(Here["other"], 1, 10);
        In(configure: options => options.Subject = "news.ticks");
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using Receiver<Tick> receiver = Receiver<Tick>.Open(Target);
        Traffic.ReceiveAll(receiver, [0, 0], [0, 10]);
    }

    [Test]
    public void StreamThatForgetsWhatWasConsumedIsRefused()
    {
        BrokerCalls.Create(Server.Url, new StreamConfig(Stream, [$"ipmpsc.{Stream}.>"]) { Retention = StreamConfigRetention.Workqueue });
        Traffic.Send(Origin, 0, 10);
        Out().AwaitReason(BridgeState.Refused, "Use 'Limits'");
    }

    [Test]
    public void BridgeThatMustNotCreateAStreamWaitsForIt()
    {
        Traffic.Send(Origin, 0, 10);
        RunningBridge source = Out(configure: options => options.CreateStream = false), sink = In();
        source.AwaitReason(BridgeState.Waiting, "not to create it");
        sink.AwaitReason(BridgeState.Waiting, "does not exist yet");
        BrokerCalls.Create(Server.Url, new StreamConfig(Stream, [$"ipmpsc.{Stream}.>"]) { Storage = StreamConfigStorage.Memory });
        Traffic.ReceiveAll(Target, 10);
    }

    [Test]
    public void SettingsOfAStreamThatIsCreatedPassThrough()
    {
        Traffic.Send(Origin, 0, 10);
        Out(configure: options => options.ConfigureStream = config => config.MaxAge = TimeSpan.FromHours(7)).AwaitRunning();
        Assert.That(BrokerCalls.Info(Server.Url, Stream).Config.MaxAge, Is.EqualTo(TimeSpan.FromHours(7)));
    }

    [Test]
    public void LimitsThatRemoveWhatWasNotTakenAreReportedAndTheSchemaIsStillFound()
    {
        using TestDirectory late = new();
        BrokerCalls.Create(Server.Url, new StreamConfig(Stream, [$"ipmpsc.{Stream}.>"]) { MaxBytes = 12 << 20 });
        Traffic.Send(Origin, 0, 100);
        RunningBridge source = Out();
        using (In())
        {
            Traffic.ReceiveAll(Target, 100);
        }

        long sent = 100;
        while (BrokerCalls.Info(Server.Url, Stream).State.FirstSeq < 100)
        {
            Traffic.Send(Origin, 0, 20_000, first: sent);
            sent += 20_000;
        }

        Patience.Until(() => source.Status.Messages == sent, "all were in the stream");
        using (In())
        {
            AwaitLogged(LogLevel.Error, "removed by the limits");
        }

        In(late["ticks"]); // Its channel has the schema from what is left.
        Patience.Until(() => IpcChannel.Exists(late["ticks"]), "the late channel exists");
        using Receiver<Tick> receiver = Receiver<Tick>.Open(late["ticks"]);
        Assert.That(receiver.TryReceive(out Tick first, Patience.Limit), Is.True);
        Assert.That(first.Number, Is.GreaterThan(100));
        Traffic.ReceiveAll(receiver, [first.Number + 1], [sent]);
    }
}
