using System.Collections.Concurrent;
using IpMpsc.Tests.Support;
using IpMpsc.Tests.Waiting;

namespace IpMpsc.Tests.Holding;

/// <summary>One thread receives, in every way, while others release what it holds.</summary>
public sealed class HoldThreadsTests
{
    [Test, CancelAfter(60_000)]
    public void OthersReleaseWhileOneReceives(CancellationToken watchdog)
    {
        const int Count = 100_000;
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { Capacity = 4096 });
        Task sending = Background.Run(() =>
        {
            using ExclusiveSender<Tick> sender = ExclusiveSender<Tick>.Open(receiver.Path);
            for (int number = 0; number < Count; number++)
            {
                sender.Send(new Tick { Number = number, Source = ~number }, watchdog);
            }
        });
        using BlockingCollection<HeldMessage<Tick>> held = new(32);
        long sum = 0;
        Task[] releasing =
        [
            .. Enumerable.Range(0, 2).Select(_ => Background.Run(() =>
            {
                foreach (HeldMessage<Tick> message in held.GetConsumingEnumerable(watchdog))
                {
                    Tick tick = message.Read();
                    Assert.That(tick.Source, Is.EqualTo(~tick.Number));
                    Interlocked.Add(ref sum, tick.Number);
                    message.Dispose();
                }
            })),
        ];

        for (int number = 0; number < Count; number++)
        {
            if (number % 3 != 0)
            {
                held.Add(receiver.Hold(watchdog), watchdog);
            }
            else
            {
                Tick tick = receiver.Receive(watchdog);
                Assert.That(tick.Number, Is.EqualTo(number));
                Interlocked.Add(ref sum, tick.Number);
            }
        }

        held.CompleteAdding();
        Task.WhenAll(releasing).Finish("Releasing");
        sending.Finish("Sending");
        ChannelInfo info = IpcChannel.Inspect(receiver.Path);
        Assert.That((sum, info.MessagesReceived, info.BytesReceived, info.BytesUsed), Is.EqualTo((Count * (Count - 1L) / 2, (long)Count, 16L * Count, 0L)));
    }

    /// <summary>The last release and the disposal race: whichever comes second frees the receiver's place.</summary>
    [Test, CancelAfter(60_000)]
    public void TheLastReleaseAndTheDisposalRace(CancellationToken watchdog)
    {
        using TestDirectory directory = new();
        for (int round = 0; round < 200; round++)
        {
            Receiver<Tick> receiver = Receiver<Tick>.OpenOrCreate(directory["channel"]);
            using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
            sender.Send(new Tick { Number = round }, watchdog);
            HeldMessage<Tick> message = receiver.Hold(watchdog);
            Assert.That(message.View.Number, Is.EqualTo(round));

            using Barrier barrier = new(2);
            Task releasing = Background.Run(() =>
            {
                barrier.SignalAndWait(watchdog);
                message.Dispose();
            });
            barrier.SignalAndWait(watchdog);
            receiver.Dispose();
            releasing.Finish("Releasing");
        }

        using Receiver<Tick> last = Receiver<Tick>.Open(directory["channel"]);
        Assert.That(last.TryReceive(out _), Is.False);
    }
}
