using IpMpsc.Tests.Peer.Probes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Threads;

/// <summary>
/// A mistake in one program: several threads use an object that is for one thread at a time. Each call either succeeds or throws
/// <see cref="InvalidOperationException"/>; the channel and its other participants are never harmed.
/// </summary>
[CancelAfter(60_000)]
public sealed class SecondThreadTests : ChannelFixture
{
    private const int Threads = 4;

    /// <summary>Most of the calls throw. An exception takes microseconds, and under wine, where the tests for Windows run, milliseconds.</summary>
    private static readonly int s_calls = OperatingSystem.IsWindows() ? 500 : 50_000;

    private static readonly int s_rounds = OperatingSystem.IsWindows() ? 5 : 200;

    [Test]
    public void ExclusiveSenderDetectsASecondThread(CancellationToken watchdog)
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using ExclusiveSender<FixedProbe> sender = ExclusiveSender<FixedProbe>.Open(ChannelPath);
        FixedProbe probe = FixedProbe.From(new Probe(0, 0, FixedProbe.Size));
        long received = 0;
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(watchdog);
        Task receiving = Background.Run(() =>
        {
            while (receiver.TryReceive(out FixedProbe message, TimeSpan.FromMilliseconds(10), watchdog) || !done.IsCancellationRequested)
            {
                received += message.Equals(probe) ? 1 : 0;
            }
        });

        long sent = Hammer(() => sender.TrySend(in probe));
        done.Cancel();
        receiving.Finish("The receiver");
        receiver.Drain(_ => received++);

        Assert.That(received, Is.EqualTo(sent));
        sender.Send(in probe, watchdog);
        using Sender<FixedProbe> other = Sender<FixedProbe>.Open(ChannelPath);
        other.Send(in probe, watchdog);
        Assert.That(receiver.Receive(watchdog), Is.EqualTo(probe));
        Assert.That(receiver.Receive(watchdog), Is.EqualTo(probe));
    }

    [Test]
    public void ReceiverDetectsASecondThread(CancellationToken watchdog)
    {
        using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.Create(ChannelPath);
        using Sender<FixedProbe> sender = Sender<FixedProbe>.Open(ChannelPath);
        FixedProbe probe = FixedProbe.From(new Probe(0, 0, FixedProbe.Size));
        using CancellationTokenSource done = CancellationTokenSource.CreateLinkedTokenSource(watchdog);
        long sent = 0;
        Task sending = Background.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                sent += sender.TrySend(in probe) ? 1 : 0;
            }
        });

        long received = Hammer(() => receiver.TryReceive(out FixedProbe message) && message.Equals(probe));
        done.Cancel();
        sending.Finish("The sender");
        received += receiver.Drain(_ => { });

        Assert.That(received, Is.EqualTo(sent));
        sender.Send(in probe, watchdog);
        Assert.That(receiver.Receive(watchdog), Is.EqualTo(probe));
    }

    /// <summary>Threads that use it one after another are not a mistake, however many there are.</summary>
    [Test]
    public void ThreadsThatTakeTurnsAreNotRefused(CancellationToken watchdog)
    {
        using ByteReceiver receiver = ByteReceiver.Create(ChannelPath);
        using ExclusiveByteSender sender = ExclusiveByteSender.Open(ChannelPath);
        Lock turn = new();
        Task[] threads = [.. Enumerable.Range(0, Threads).Select(_ => Background.Run(() =>
        {
            for (int call = 0; call < 5_000; call++)
            {
                lock (turn)
                {
                    sender.Send("x"u8, watchdog);
                    receiver.Receive(watchdog);
                }
            }
        }))];

        Task.WhenAll(threads).Finish("The threads");
        ExpectUsable(receiver);
    }

    /// <summary>Disposing it while threads misuse it does not unmap memory that one of them uses.</summary>
    [Test]
    public void DisposedUnderSeveralThreads()
    {
        for (int round = 0; round < s_rounds; round++)
        {
            using Receiver<FixedProbe> receiver = Receiver<FixedProbe>.CreateTemporary();
            ExclusiveSender<FixedProbe> sender = ExclusiveSender<FixedProbe>.Open(receiver.Path);
            FixedProbe probe = FixedProbe.From(new Probe(0, 0, FixedProbe.Size));
            using Barrier start = new(Threads + 1);
            Task[] threads = [.. Enumerable.Range(0, Threads).Select(_ => Background.Run(() =>
            {
                start.SignalAndWait();
                try
                {
                    while (true)
                    {
                        Try(() => sender.TrySend(in probe));
                    }
                }
                catch (ObjectDisposedException)
                {
                    // The end of the loop.
                }
            }))];

            start.SignalAndWait();
            sender.Dispose();
            Task.WhenAll(threads).Finish("The threads");
            Assert.That(IpcChannel.Inspect(receiver.Path).Senders.Any(left => left.IsAttached), Is.False, "The disposed sender is still attached.");
        }
    }

    private static long Hammer(Func<bool> call)
    {
        long succeeded = 0;
        Task[] threads = [.. Enumerable.Range(0, Threads).Select(_ => Background.Run(() =>
        {
            for (int number = 0; number < s_calls; number++)
            {
                if (Try(call))
                {
                    Interlocked.Increment(ref succeeded);
                }
            }
        }))];
        Task.WhenAll(threads).Finish("The threads");
        return succeeded;
    }

    private static bool Try(Func<bool> call)
    {
        try
        {
            return call();
        }
        catch (InvalidOperationException error) when (error is not ObjectDisposedException)
        {
            return false;
        }
    }
}
