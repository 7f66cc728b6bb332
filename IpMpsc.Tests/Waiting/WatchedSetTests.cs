using IpMpsc.Ring;
using IpMpsc.Tests.Crashes;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>Sets that are watched through the system, where it supports that: with thousands of receivers, and between waits.</summary>
[CancelAfter(100_000)]
public sealed class WatchedSetTests : ChannelFixture
{
    private const int Count = 2_000;
    private const int MarkLength = 1_000; // The messages of peers are shorter.

    private static readonly int[] s_busy = [5, 700, Count - 1];

    private readonly byte[] _buffer = new byte[MarkLength];
    private readonly List<ByteReceiver> _receivers = [];

    [TearDown]
    public void CloseChannels()
    {
        _receivers.ForEach(static receiver => receiver.Dispose());
        _receivers.Clear();
    }

    /// <summary>Claims of killed senders, and messages that they committed without waking the receiver, do not hide later messages.</summary>
    [Test]
    public async Task SendersAreKilledWhileTheyFillAFewOfThousands(CancellationToken watchdog)
    {
        Open(Count, capacity: 4096);
        using ReceiverSet set = new([.. _receivers]);
        for (int round = 0; round < 3; round++)
        {
            List<PeerProcess> peers = [.. s_busy.Select(index => PeerProcess.Start(
                "send", "Bytes", "Shared", _receivers[index].Path, "0", "100000000", "Send", "0", "900"))];
            Dictionary<IReceiver, int> received = [];
            while (received.Count < peers.Count || received.Values.Any(static count => count < 100))
            {
                IReceiver ready = ReceiveOne(set, watchdog, out _);
                received[ready] = received.GetValueOrDefault(ready) + 1;
            }

            Assert.That(received.Keys, Is.EquivalentTo(s_busy.Select(index => _receivers[index])));
            peers.ForEach(static peer => peer.Kill());
            peers.ForEach(static peer => peer.AwaitEnd());
            peers.ForEach(static peer => peer.Dispose());

            Task marking = Background.Run(() =>
            {
                foreach (int index in s_busy)
                {
                    using ByteSender sender = ByteSender.Open(_receivers[index].Path);
                    sender.Send(new byte[MarkLength], watchdog);
                }
            });
            HashSet<IReceiver> marked = [];
            while (marked.Count < s_busy.Length)
            {
                IReceiver ready = ReceiveOne(set, watchdog, out int length);
                if (length == MarkLength)
                {
                    marked.Add(ready);
                }
            }

            await marking;
        }
    }

    /// <summary>A word that is watched between two waits can still be used by the receiver itself.</summary>
    [Test]
    public async Task AReceiverMayWaitByItselfBetweenWaitsOfTheSet(CancellationToken watchdog)
    {
        Open(2, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]) { WatchedFrom = 0 };
        using ByteSender sender = ByteSender.Open(_receivers[0].Path);
        for (int round = 0; round < 20; round++)
        {
            // Armed by this wait, lowered by the next, which times out.
            Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(1)), Is.Null);
            Assert.That(_receivers[0].TryReceive(_buffer, out _, TimeSpan.FromMilliseconds(1)), Is.False);
            Task sending = Background.Run(() => sender.Send([1], watchdog));
            Assert.That(ReceiveOne(set, watchdog, out _), Is.SameAs(_receivers[0]));
            await sending;

            Task second = Background.Run(() => sender.Send([2], watchdog));
            Assert.That(_receivers[0].Receive(watchdog), Has.Length.EqualTo(1));
            await second;
        }
    }

    /// <summary>A message that was sent before is found at once, whichever of the receivers has it.</summary>
    [Test]
    public void AMessageThatIsThereIsFoundWithoutAWait(CancellationToken watchdog)
    {
        Open(100, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]);
        Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(1)), Is.Null);
        for (int index = 0; index < _receivers.Count; index += 9)
        {
            using ByteSender sender = ByteSender.Open(_receivers[index].Path);
            sender.Send([1], watchdog);
            Assert.That(set.WaitAny(TimeSpan.Zero), Is.SameAs(_receivers[index]));
            Assert.That(_receivers[index].TryReceive(_buffer, out _));
            Assert.That(set.WaitAny(TimeSpan.Zero), Is.Null);
        }
    }

    /// <summary>A receiver that always has messages does not hide another one, even if the system was never asked to watch that one's word.</summary>
    [Test]
    public void ABusyReceiverHidesNoOther([Values(3, 40)] int count, CancellationToken watchdog)
    {
        const int Messages = 20_000;
        Open(count, capacity: 1 << 20);
        using ReceiverSet set = new([.. _receivers]) { WatchedFrom = 0 };
        using ByteSender busy = ByteSender.Open(_receivers[0].Path);
        using ByteSender quiet = ByteSender.Open(_receivers[count / 2].Path);
        for (int sent = 0; sent < Messages; sent++)
        {
            busy.Send([1], watchdog);
        }

        for (int round = 0; round < 10; round++)
        {
            for (int received = 0; received < 100; received++)
            {
                Assert.That(ReceiveOne(set, watchdog, out _), Is.SameAs(_receivers[0]));
            }

            quiet.Send([2], watchdog);
            int others = 0;
            while (others < 100 && ReceiveOne(set, watchdog, out _) == _receivers[0])
            {
                others++;
            }

            Assert.That(others, Is.LessThan(100), "messages of the busy one that were received before that of the quiet one");
        }
    }

    /// <summary>
    /// A sender commits and is killed before it wakes anybody: nothing fires. Its message is found although the set never sleeps, because
    /// another receiver always has one.
    /// </summary>
    [Test]
    [Platform("Linux", Reason = "Elsewhere the words of a set are not raised between waits, so the sender wakes nobody")]
    public void AMessageWhoseWakerDiedIsFoundBesideABusyReceiver([Values("wake.exchange", "wake.wake")] string step, CancellationToken watchdog)
    {
        Open(20, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]);
        using ByteSender busy = ByteSender.Open(_receivers[0].Path);
        Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(100)), Is.Null, "All are watched now; a shorter wait may end before the words are handed over.");
        SendAndDie(step, _receivers[7]);
        IReceiver ready;
        do
        {
            busy.Send([1], watchdog);
            ready = ReceiveOne(set, watchdog, out _);
        }
        while (ready == _receivers[0]);

        Assert.That(ready, Is.SameAs(_receivers[7]));
    }

    /// <summary>
    /// The same, and somebody receives the message without the set. Nobody would be woken for the next one: the word is lowered, and whoever
    /// lowered it is dead. The set notices that and raises the word again.
    /// </summary>
    [Test]
    [Platform("Linux", Reason = "Elsewhere the words of a set are not raised between waits, so the sender wakes nobody")]
    public async Task AWordWhoseWakerDiedIsWatchedAnew(CancellationToken watchdog)
    {
        Open(20, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]);
        using ByteSender sender = ByteSender.Open(_receivers[7].Path);
        Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(100)), Is.Null, "All are watched now; a shorter wait may end before the words are handed over.");
        SendAndDie("wake.wake", _receivers[7]);
        Assert.That(_receivers[7].TryReceive(_buffer, out _));
        using SegmentWords words = new(_receivers[7].Path);
        Assert.That(words.ReceiverSleeps, Is.False, "The dead sender has lowered the word.");
        for (int waits = 0; waits < 20 && !words.ReceiverSleeps; waits++)
        {
            Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(100)), Is.Null, "Each of these waits is longer than a slice.");
        }

        Assert.That(words.ReceiverSleeps, "Nobody would be woken for the next message.");
        Task sending = Background.Run(() => sender.Send([1], watchdog));
        Assert.That(ReceiveOne(set, watchdog, out _), Is.SameAs(_receivers[7]));
        await sending;
    }

    /// <summary>A receiver that is in use when the set looks at it is not lost: the set serves it when its use is over.</summary>
    [Test]
    public void AReceiverThatWasInUseIsServed(CancellationToken watchdog)
    {
        Open(3, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]) { WatchedFrom = 0 };
        using ByteSender sender = ByteSender.Open(_receivers[1].Path);
        for (int round = 0; round < 3; round++)
        {
            sender.Send([1], watchdog);
            using (_receivers[1].ReceiveInPlace(watchdog))
            {
                Assert.Throws<InvalidOperationException>(() => set.WaitAny(TimeSpan.FromMilliseconds(1)));
            }

            sender.Send([2], watchdog);
            Assert.That(set.WaitAny(TimeSpan.FromSeconds(2)), Is.SameAs(_receivers[1]));
            Assert.That(_receivers[1].TryReceive(_buffer, out _));
        }
    }

    /// <summary>A watch belongs to one thread; another thread opens its own.</summary>
    [Test]
    public async Task ThreadsMayWaitInTurn([Values] bool isAsync, CancellationToken watchdog)
    {
        Open(50, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]);
        for (int index = 0; index < _receivers.Count; index += 7)
        {
            Task<IReceiver> waiting = isAsync && index % 2 == 1 ? set.WaitAnyAsync(watchdog).AsTask() : Background.Run(() => set.WaitAny(watchdog));
            using ByteSender sender = ByteSender.Open(_receivers[index].Path);
            sender.Send([1], watchdog);
            Assert.That(await waiting, Is.SameAs(_receivers[index]));
            Assert.That(_receivers[index].TryReceive(_buffer, out _));
        }
    }

    /// <summary>Receivers join and leave during the life of a set, for example one for each connection.</summary>
    [Test]
    public void MembersComeAndGoBetweenWaits(CancellationToken watchdog)
    {
        Open(20, capacity: 1024);
        using ReceiverSet set = new([.. _receivers]);
        for (int round = 0; round < 50; round++)
        {
            Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(1)), Is.Null);
            using ByteReceiver guest = ByteReceiver.Create(Directory[$"guest-{round}"], new IpcChannelOptions { Capacity = 1024, MaxSenders = 2 });
            set.Add(guest);
            Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(1)), Is.Null);
            using (ByteSender sender = ByteSender.Open(guest.Path))
            {
                sender.Send([1], watchdog);
            }

            Assert.That(ReceiveOne(set, watchdog, out _), Is.SameAs(guest));
            if (round % 2 == 0)
            {
                Assert.That(set.Remove(guest));
            }
        }

        Assert.That(set.WaitAny(TimeSpan.Zero), Is.Null);
        Assert.That(set.Count, Is.EqualTo(20));
    }

    /// <summary>What a watch has of the system goes with the watch, and its members forget it.</summary>
    [Test]
    [Platform("Linux", Reason = "Elsewhere nothing is watched")]
    public void AWatchLeavesNothing([Values] bool isHandedOver)
    {
        Open(20, capacity: 1024);
        int before = CountWatches();
        for (int round = 0; round < 5; round++)
        {
            using ReceiverSet set = new([.. _receivers]);
            Assert.That(set.WaitAny(TimeSpan.FromMilliseconds(1)), Is.Null);
            if (isHandedOver)
            {
                Background.Run(() => set.WaitAny(TimeSpan.FromMilliseconds(1))).Finish("The wait of another thread");
            }
        }

        Assert.That(CountWatches(), Is.EqualTo(before));
        Assert.That(_receivers.Where(static receiver => ((IConsumerOwner)receiver).Consumer.Attachment.ReceiverSignal.IsWatched), Is.Empty);
    }

    private static int CountWatches() => System.IO.Directory.EnumerateFileSystemEntries("/proc/self/fd").Count(static path =>
        File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name.Contains("io_uring", StringComparison.Ordinal) == true);

    private static void SendAndDie(string step, ByteReceiver receiver)
    {
        using PeerProcess peer = PeerProcess.Start(CrashOrder.Kill(step), "send", "Bytes", "Shared", receiver.Path, "0", "1", "Send", "0", "0");
        peer.ExpectKilled();
    }

    private IReceiver ReceiveOne(ReceiverSet set, CancellationToken watchdog, out int length)
    {
        IReceiver ready = set.WaitAny(watchdog);
        Assert.That(((ByteReceiver)ready).TryReceive(_buffer, out length), "A receiver that the set returned had no message.");
        return ready;
    }

    private void Open(int count, int capacity)
    {
        IpcChannelOptions options = new() { Capacity = capacity, MaxSenders = 2 };
        for (int index = 0; index < count; index++)
        {
            _receivers.Add(ByteReceiver.Create(Directory[$"channel-{index}"], options));
        }
    }
}
