using IpMpsc.Nats.Tests.Support;
using Microsoft.Extensions.Logging;
using NATS.Client.JetStream.Models;

namespace IpMpsc.Nats.Tests.Brokers;

/// <summary>If the broker is unreachable, paused or stores nothing, bridges wait, report what they wait for, and lose nothing.</summary>
internal sealed class BrokerFailureTests : BridgeFixture
{
    private static readonly IpcChannelOptions s_small = new() { Capacity = 1 << 14 };

    [Test]
    public void BridgesWaitForAMissingBroker()
    {
        Server.Kill();
        Traffic.Send(Origin, 0, 100);
        RunningBridge source = Out(), sink = In();
        string where = $"the broker {Server.Url}";
        source.AwaitReason(BridgeState.Waiting, where);
        sink.AwaitReason(BridgeState.Waiting, where);
        AwaitLogged(LogLevel.Warning, $"{Origin} to {Stream} waits for {where}");
        AwaitLogged(LogLevel.Warning, $"{Stream} to {Target} waits for {where}");

        Server.Start();
        Traffic.ReceiveAll(Target, 100);
        Assert.That((source.Status.State, sink.Status.State), Is.EqualTo((BridgeState.Running, BridgeState.Running)));
    }

    [Test]
    public void StoppedBrokerBlocksSendersOnlyThroughAFullChannel()
    {
        RunningBridge source = Out(), sink = In();
        Traffic.Send(Origin, 0, 10, options: s_small);
        Patience.Until(() => source.Status.Messages == 10 && sink.Status.Messages == 10, "the bridge runs");

        Server.Pause();
        using Sender<Tick> sender = Sender<Tick>.Open(Origin);
        long number = 10;
        while (sender.TrySend(Traffic.TickOf(0, number), TimeSpan.FromSeconds(3))) // The last send waits while the broker is paused.
        {
            number++;
        }

        ChannelInfo full = IpcChannel.Inspect(Origin);
        Server.Continue();
        Assert.That(full.BytesUsed, Is.GreaterThan(full.Capacity - 256));
        Traffic.ReceiveAll(Target, number);
    }

    [Test]
    public void SilentBrokerIsNoticedAndNamed()
    {
        RunningBridge source = Out(), sink = In();
        Traffic.Send(Origin, 0, 10);
        Patience.Until(() => sink.Status.Messages == 10, "the bridge runs");
        Server.Pause();
        Traffic.Send(Origin, 0, 10, first: 10);
        source.AwaitReason(BridgeState.Waiting, "acknowledged nothing for 2 s");
        sink.AwaitReason(BridgeState.Waiting, "silent");
        Server.Continue();
        Traffic.ReceiveAll(Target, 20);
        Assert.That((source.Status.Interruptions, sink.Status.Interruptions), Is.EqualTo((1L, 1L)));
    }

    [Test]
    public void BridgesWaitForAFullStreamAndLoseNothing()
    {
        StreamConfig config = new(Stream, [$"ipmpsc.{Stream}.>"]) { MaxBytes = 100_000, Discard = StreamConfigDiscard.New };
        BrokerCalls.Create(Server.Url, config);
        Task producer = Background.Run(() => Traffic.Send(Origin, 0, 5_000));
        RunningBridge source = Out();
        In();
        source.AwaitReason(BridgeState.Waiting, "stores nothing");

        config.MaxBytes = -1;
        BrokerCalls.Update(Server.Url, config);
        Traffic.ReceiveAll(Target, 5_000);
        producer.Finish("the producer");
    }

    [Test]
    public void BrokerWithoutJetStreamIsNamed()
    {
        using NatsServer plain = new(settings: "accounts: { A: { users: [{ user: a, password: b }] } }\nno_auth_user: a"); // An account without JetStream.
        Traffic.Send(Origin, 0, 10);
        Out(configure: options => options.Url = plain.Url).AwaitReason(BridgeState.Waiting, "JetStream");
    }

    [Test]
    [Platform("Linux", Reason = "Mounts a small file system")]
    public void FullDiskOfTheBrokerLosesNothing()
    {
        using TestDirectory disk = new();
        if (!Posix.TryMountTmpfs(disk.Path, 24 << 20))
        {
            Assert.Ignore("Only root may mount a file system.");
        }

        try
        {
            FillDisk(disk);
        }
        finally
        {
            Posix.Unmount(disk.Path);
        }
    }

    private void FillDisk(TestDirectory disk)
    {
        File.WriteAllBytes(disk["ballast"], new byte[20 << 20]);
        using NatsServer server = new(store: disk["store"]);
        RunningBridge source = Out(configure: options => options.Url = server.Url), sink = In(configure: options => options.Url = server.Url);
        Task producer = Background.Run(() => Traffic.Send(Origin, 0, 60_000)); // Some 6 MB in the stream.
        long[] next = [0];
        Patience.Until(() => IpcChannel.Exists(Target), "the target exists");
        using Receiver<Tick> receiver = Receiver<Tick>.Open(Target);
        Task receiving = Background.Run(() => Traffic.ReceiveAll(receiver, next, [60_000]));
        Patience.Until(() => source.Status.State == BridgeState.Waiting, "the source waits");
        Assert.That(receiving.IsCompleted, Is.False);

        File.Delete(disk["ballast"]);
        server.Kill(); // It has switched JetStream off.
        server.Start();
        receiving.Finish("the receiver");
        producer.Finish("the producer");
        using (source)
        using (sink)
        {
            Assert.That(receiver.TryReceive(out _, TimeSpan.FromMilliseconds(300)), Is.False);
        }
    }
}
