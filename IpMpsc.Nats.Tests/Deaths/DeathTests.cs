using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Deaths;

/// <summary>
/// Source, sink and broker are killed at random moments, while three producers send into the channel. Every message comes out exactly once and in order.
/// </summary>
internal sealed class DeathTests : BridgeFixture
{
    private const int Producers = 3;

    private static readonly IpcChannelOptions s_options = new() { Capacity = 1 << 20 };

    [Test]
    public void NothingIsLostOrDoubledWhenSourceSinkAndBrokerAreKilled() => KillFor(TimeSpan.FromSeconds(8), Environment.TickCount);

    [Test]
    [Explicit("Takes more than a minute.")]
    [Category("Bridge")]
    public void NothingIsLostOrDoubledInAMinute() => KillFor(TimeSpan.FromSeconds(60), Environment.TickCount);

    [Test]
    public void NothingIsLostOrDoubledWhenTheSourceIsKilledWithAFullWindow()
    {
        Random random = new(4711);
        long count = 60_000;
        Task producer = Background.Run(() => Traffic.Send(Origin, 0, count, options: s_options));
        using BridgePeer sink = new("in", Target, Stream, Server.Url);
        Task check = Background.Run(() => Traffic.ReceiveAll(Target, count));
        for (int death = 0; death < 6; death++)
        {
            using BridgePeer source = new("out", Origin, Stream, Server.Url);
            Patience.Until(() => source.Transcript().Contains(": running", StringComparison.Ordinal), "the source runs");
            Thread.SpinWait(random.Next(5_000_000));
            source.Kill();
        }

        using BridgePeer last = new("out", Origin, Stream, Server.Url);
        producer.Finish("the producer");
        check.Finish("the receiver");
    }

    private void KillFor(TimeSpan time, int seed)
    {
        TestContext.Out.WriteLine($"Seed {seed}");
        Random random = new(seed);
        using CancellationTokenSource enough = new(time);
        Task<long>[] producers =
        [
            .. Enumerable.Range(0, Producers).Select(producer => Traffic.SendUntil(Origin, producer, () => enough.IsCancellationRequested, s_options)),
        ];
        Patience.Until(() => IpcChannel.Exists(Origin), "the origin exists");
        long[] next = new long[Producers];
        using Receiver<Tick> receiver = Receiver<Tick>.OpenOrCreate(Target, s_options);
        Task<long[]> counts = Task.WhenAll(producers);
        Task receiving = Background.Run(() => Receive(receiver, next, counts));
        int[] deaths = KillAtRandom(random, enough.Token, receiving);
        counts.Finish("the producers");
        receiving.Finish("the receiver");

        TestContext.Out.WriteLine($"{next.Sum():N0} messages; source, sink and broker died [{string.Join(", ", deaths)}] times");
        Assert.That(receiver.TryReceive(out Tick more, TimeSpan.FromMilliseconds(300)), Is.False, () => $"one more came: {more.Producer}:{more.Number}");
        Assert.That(deaths.Min(), Is.Positive, "each of them has died");
        Assert.That(next.Min(), Is.Positive);
    }

    private int[] KillAtRandom(Random random, CancellationToken enough, Task receiving)
    {
        int[] deaths = new int[3];
        BridgePeer source = new("out", Origin, Stream, Server.Url), sink = new("in", Target, Stream, Server.Url);
        try
        {
            for (int turn = 0; !enough.IsCancellationRequested && !receiving.IsCompleted; turn++)
            {
                enough.WaitHandle.WaitOne(random.Next(300, 1200));
                int victim = turn < deaths.Length ? turn : random.Next(deaths.Length);
                deaths[victim]++;
                switch (victim)
                {
                    case 0:
                        source.Kill();
                        source.Dispose();
                        source = new BridgePeer("out", Origin, Stream, Server.Url);
                        break;
                    case 1:
                        sink.Kill();
                        sink.Dispose();
                        sink = new BridgePeer("in", Target, Stream, Server.Url);
                        break;
                    default:
                        Server.Kill();
                        Server.Start();
                        break;
                }
            }

            receiving.Finish("the receiver");
        }
        finally
        {
            TestContext.Out.WriteLine(source.Transcript());
            TestContext.Out.WriteLine(sink.Transcript());
            source.Dispose();
            sink.Dispose();
        }

        return deaths;
    }

    /// <summary>Receives until everything that the producers have sent is there.</summary>
    private static void Receive(Receiver<Tick> receiver, long[] next, Task<long[]> counts)
    {
        while (!counts.IsCompleted)
        {
            if (receiver.TryReceive(out Tick tick, TimeSpan.FromMilliseconds(200)))
            {
                Traffic.Check(tick, next);
            }
        }

        Traffic.ReceiveAll(receiver, next, counts.Result);
    }
}
