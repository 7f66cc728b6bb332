using IpMpsc.Nats.Tests.Support;

namespace IpMpsc.Nats.Tests.Deaths;

/// <summary>
/// Sources, sinks and the broker are killed at random moments, while three producers send. Every message leaves every sink exactly once and in the order of
/// its producer.
/// </summary>
internal sealed class BridgeDeathTests : BridgeFixture
{
    private const int Producers = 3;

    private static readonly IpcChannelOptions s_options = new() { Capacity = 1 << 20 };

    [Test]
    public void NothingIsLostOrDuplicatedWhenSourceSinkAndBrokerAreKilled() => KillFor(TimeSpan.FromSeconds(8), origins: 1, targets: 1);

    [Test]
    public void NothingIsLostOrDuplicatedWhenThreeChannelsFanInAndTwoFanOut() => KillFor(TimeSpan.FromSeconds(8), origins: 3, targets: 2);

    [Test]
    [Explicit("Takes half a minute.")]
    [Category("Bridge")]
    public void NothingIsLostOrDuplicatedForLonger([Values(1, 3)] int origins) => KillFor(TimeSpan.FromSeconds(30), origins, targets: origins == 1 ? 1 : 2);

    [Test]
    public void NothingIsLostOrDuplicatedWhenTheSourceIsKilledWithAFullWindow()
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

    private void KillFor(TimeSpan time, int origins, int targets)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"Seed {seed}");
        using CancellationTokenSource enough = new(time);
        Task<long>[] producers =
        [
            .. Enumerable.Range(0, Producers).Select(producer =>
                Traffic.SendUntil(Here[$"ticks{producer % origins}"], producer, () => enough.IsCancellationRequested, s_options)),
        ];
        Task<long[]> counts = Task.WhenAll(producers);
        Receiver<Tick>[] receivers = [.. Enumerable.Range(0, targets).Select(target => Keep(Receiver<Tick>.OpenOrCreate(There[$"ticks{target}"], s_options)))];
        Task<long>[] receiving = [.. receivers.Select(receiver => Background.Run(() => Receive(receiver, counts)))];
        int[] deaths = KillAtRandom(new Random(seed), origins, targets, Task.WhenAll(receiving), enough.Token);

        TestContext.Out.WriteLine($"{receiving[0].Result:N0} messages; sources, sinks, broker died [{string.Join(", ", deaths)}] times");
        Assert.That(receivers.Select(static receiver => receiver.TryReceive(out _, TimeSpan.FromMilliseconds(200))), Is.All.False, "no further message arrives");
        Assert.That(deaths.Count(static number => number > 0), Is.GreaterThan(2));
        Assert.That(counts.Result.Min(), Is.Positive);
    }

    /// <summary>Kills processes until it is told to stop, and waits until everything has arrived.</summary>
    private int[] KillAtRandom(Random random, int origins, int targets, Task receiving, CancellationToken enough)
    {
        BridgePeer[] peers = [.. Enumerable.Range(0, origins + targets).Select(Start)];
        int[] deaths = new int[peers.Length + 1];
        try
        {
            for (int turn = 0; !enough.IsCancellationRequested && !receiving.IsCompleted; turn++)
            {
                enough.WaitHandle.WaitOne(random.Next(300, 1200));
                int victim = turn < deaths.Length ? deaths.Length - 1 - turn : random.Next(deaths.Length);
                deaths[victim]++;
                if (victim < peers.Length)
                {
                    peers[victim].Kill();
                    peers[victim].Dispose();
                    peers[victim] = Start(victim);
                }
                else
                {
                    Server.Kill();
                    Server.Start();
                }
            }

            receiving.Finish("the receivers");
            return deaths;
        }
        finally
        {
            foreach (BridgePeer peer in peers)
            {
                TestContext.Out.WriteLine(peer.Transcript());
                peer.Dispose();
            }
        }

        BridgePeer Start(int index) => index < origins
            ? new BridgePeer("out", Here[$"ticks{index}"], Stream, Server.Url)
            : new BridgePeer("in", There[$"ticks{index - origins}"], Stream, Server.Url);
    }

    /// <summary>Receives until everything that the producers have sent has arrived.</summary>
    /// <returns>How many.</returns>
    private static long Receive(Receiver<Tick> receiver, Task<long[]> counts)
    {
        long[] next = new long[Producers];
        while (!counts.IsCompleted)
        {
            if (receiver.TryReceive(out Tick tick, TimeSpan.FromMilliseconds(200)))
            {
                Traffic.Check(tick, next);
            }
        }

        Traffic.ReceiveAll(receiver, next, counts.Result);
        return next.Sum();
    }
}
