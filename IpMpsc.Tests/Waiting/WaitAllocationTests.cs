using System.Runtime.CompilerServices;

namespace IpMpsc.Tests.Waiting;

/// <summary>Asynchronous calls allocate nothing once their first waits are over.</summary>
[CancelAfter(60_000)]
[NonParallelizable]
public sealed class WaitAllocationTests
{
#if DEBUG
    [OneTimeSetUp]
    public void Skip() => Assert.Ignore("In debug builds the compiler makes async methods allocate: run this with -c Release.");
#endif

    private const int Rounds = 2_000;

    /// <summary>
    /// What the test framework and the thread pool may allocate besides, a few kilobytes. The smallest object
    /// for each message would be 24 bytes times 2,000.
    /// </summary>
    private const long Noise = 16_000;

    [Test]
    public async Task ReceivingThatWaitsEachTimeAllocatesNothing(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        int waits = 0;
        await RequireNoneAsync([AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] async ValueTask () =>
        {
            ValueTask<Tick> pending = receiver.ReceiveAsync(watchdog);
            waits += pending.IsCompleted ? 0 : 1;
            sender.Send(default, watchdog);
            await pending;
        });
        Assert.That(waits, Is.GreaterThanOrEqualTo(Rounds));
    }

    [Test]
    public async Task SendingThatWaitsEachTimeAllocatesNothing(CancellationToken watchdog)
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { Capacity = 64 });
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        sender.Send(default, watchdog);
        sender.Send(default, watchdog);
        int waits = 0;
        await RequireNoneAsync([AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] async ValueTask () =>
        {
            ValueTask pending = sender.SendAsync(default, watchdog);
            waits += pending.IsCompleted ? 0 : 1;
            receiver.Receive(watchdog);
            await pending;
        });
        Assert.That(waits, Is.GreaterThanOrEqualTo(Rounds));
    }

    [Test]
    public async Task WaitingForASetAllocatesNothing(CancellationToken watchdog)
    {
        using Receiver<Tick> first = Receiver<Tick>.CreateTemporary();
        using Receiver<Tick> second = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(second.Path);
        using ReceiverSet set = new(first, second);
        await RequireNoneAsync([AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))] async ValueTask () =>
        {
            ValueTask<IReceiver> pending = set.WaitAnyAsync(watchdog);
            sender.Send(default, watchdog);
            await pending;
            second.Receive(watchdog);
        });
    }

    /// <summary>Repeats the rounds until one series allocates nothing, since the first ones compile code and fill pools.</summary>
    private static async Task RequireNoneAsync(Func<ValueTask> round)
    {
        long least = long.MaxValue;
        for (int series = 0; series < 10 && least > Noise; series++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);

            // On the pool: the synchronisation context of the test framework allocates for each continuation.
            await Task.Run(async () =>
            {
                for (int index = 0; index < Rounds; index++)
                {
                    await round();
                }
            });

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        TestContext.Out.WriteLine($"{least:N0} bytes in {Rounds:N0} rounds");
        Assert.That(least, Is.LessThanOrEqualTo(Noise));
    }
}
