using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Waiting;

/// <summary>What listeners of the meter and of the event source see.</summary>
[CancelAfter(30_000)]
public sealed class MetricsTests
{
    [Test]
    public void TheMeterReportsTheCounters()
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary(new IpcChannelOptions { Capacity = 1024 });
        string path = receiver.Path;
        using (Sender<Note> sender = Sender<Note>.Open(path))
        {
            sender.Send(new Note { Text = "one" });
            sender.Send(new Note { Text = "two" });
            sender.Send(new Note { Text = "three" });
            receiver.Receive();
            using CancellationTokenSource source = new();
            ValueTask<Note> none = receiver.ReceiveAsync(source.Token);
            Assert.That(none.IsCompletedSuccessfully);
        }

        Dictionary<string, long> numbers = Read(path);

        long bytes = IpcChannel.Inspect(path).BytesReceived;
        Assert.That(numbers["ipmpsc.messages sender"], Is.EqualTo(3), "The count stays after the sender has left.");
        Assert.That(numbers["ipmpsc.messages receiver"], Is.EqualTo(2));
        Assert.That(numbers["ipmpsc.bytes receiver"], Is.EqualTo(bytes));
        Assert.That(numbers["ipmpsc.bytes sender"], Is.GreaterThan(bytes));
        Assert.That(numbers["ipmpsc.depth receiver"], Is.EqualTo(IpcChannel.Inspect(path).BytesUsed).And.GreaterThan(0));
        Assert.That(numbers["ipmpsc.recoveries receiver"], Is.Zero);
        Assert.That(numbers["ipmpsc.skipped receiver"], Is.Zero);
    }

    [Test]
    public void GaugesReportTheCurrentState()
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary(new IpcChannelOptions { Capacity = 1024 });
        string path = receiver.Path;
        using Sender<Note> first = Sender<Note>.Open(path);
        using ExclusiveSender<Note> second = ExclusiveSender<Note>.Open(path);
        first.Send(new Note { Text = "one" });
        first.Send(new Note { Text = "two" });
        HeldMessage<Note> held = receiver.Hold();
        Dictionary<string, long> numbers = Read(path);
        foreach (string role in (string[])["sender", "receiver"])
        {
            Assert.That(numbers[$"ipmpsc.capacity {role}"], Is.EqualTo(1024));
            Assert.That(numbers[$"ipmpsc.senders {role}"], Is.EqualTo(2), role);
            Assert.That(numbers[$"ipmpsc.receivers {role}"], Is.EqualTo(1));
            Assert.That(numbers[$"ipmpsc.held {role}"], Is.EqualTo(1));
        }

        held.Dispose();
        receiver.Receive();
        receiver.Dispose();
        second.Dispose();
        numbers = Read(path);
        Assert.That((numbers["ipmpsc.senders sender"], numbers["ipmpsc.receivers sender"], numbers["ipmpsc.held sender"]), Is.EqualTo((1, 0, 0)));
    }

    [Test]
    public void GaugeOfBlockedClaimsGrowsUntilTheCommit()
    {
        using ByteReceiver receiver = ByteReceiver.CreateTemporary();
        using ByteSender sender = ByteSender.Open(receiver.Path);
        Assert.That(ReadBlocked(receiver.Path), Is.Zero);
        ByteClaim claim = sender.Claim(1);
        Patience.Until(() => !receiver.TryReceive([], out _) && ReadBlocked(receiver.Path) > 0, "the claim blocks the receiver");

        claim.Commit();
        Assert.That(ReadBlocked(receiver.Path), Is.Zero);
    }

    /// <summary>In rounds, because sometimes a sleeping participant wakes by itself right before the other side would wake it.</summary>
    [Test]
    public void WaitsAndWakeUpsOfTheReceiverAreCounted()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        using SegmentWords words = new(receiver.Path);
        Dictionary<string, long> numbers = Read(receiver.Path);
        Assert.That((numbers["ipmpsc.waits receiver"], numbers["ipmpsc.wakeups sender"]), Is.EqualTo((0, 0)));

        int rounds = 0;
        Patience.Until(
            () =>
            {
                Task receiving = Background.Run(() => receiver.Receive());
                words.AwaitSleepingReceiver();
                sender.Send(default);
                receiving.Finish("The receiver");
                rounds++;
                numbers = Read(receiver.Path);
                return numbers["ipmpsc.wakeups sender"] > 0;
            },
            "a wake-up is counted");

        Assert.That(numbers["ipmpsc.wakeups sender"], Is.EqualTo(1));
        Assert.That(numbers["ipmpsc.waits receiver"], Is.EqualTo(rounds));
        Assert.That((numbers["ipmpsc.waits sender"], numbers["ipmpsc.wakeups receiver"]), Is.EqualTo((0, 0)));
    }

    /// <inheritdoc cref="WaitsAndWakeUpsOfTheReceiverAreCounted" />
    [Test]
    public void WaitsAndWakeUpsOfASenderAreCounted()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary(new IpcChannelOptions { Capacity = 64 });
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        using SegmentWords words = new(receiver.Path);
        sender.SendBatch(new Tick[2]);

        int rounds = 0;
        Dictionary<string, long> numbers = [];
        Patience.Until(
            () =>
            {
                Task sending = Background.Run(() => sender.Send(default));
                words.AwaitSleepingSender();
                receiver.Receive();
                sending.Finish("The sender");
                rounds++;
                numbers = Read(receiver.Path);
                return numbers["ipmpsc.wakeups receiver"] > 0;
            },
            "a wake-up is counted");

        Assert.That(numbers["ipmpsc.wakeups receiver"], Is.EqualTo(1));
        Assert.That(numbers["ipmpsc.waits sender"], Is.EqualTo(rounds));
        Assert.That((numbers["ipmpsc.waits receiver"], numbers["ipmpsc.wakeups sender"]), Is.EqualTo((0, 0)));
    }

    [Test]
    public void GapsOfDeadSendersAreCountedAndReported()
    {
        using EventLog log = new();
        using ByteReceiver receiver = ByteReceiver.CreateTemporary();
        using (PeerProcess holder = PeerProcess.Start("claims", receiver.Path, "2"))
        {
            holder.Expect("held");
            holder.Kill();
        }

        Patience.Until(
            () => !receiver.TryReceive([], out _) && IpcChannel.Inspect(receiver.Path).BytesUsed == 0,
            "the gaps are skipped");

        Assert.That(Read(receiver.Path)["ipmpsc.recoveries receiver"], Is.EqualTo(2));
        Assert.That(log.Of(receiver.Path), Is.EqualTo(new[] { "Opened receiver", "Recovered 0", "Recovered 32" }));
    }

    [Test]
    public void UndecodableMessagesAreCountedAsSkipped()
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary();
        using Sender<Note> sender = Sender<Note>.Open(receiver.Path);
        using (Claim<Note> claim = sender.Claim())
        {
            claim.Payload.Fill(0xFF);
            claim.Commit();
        }

        Assert.Throws<MessageFormatException>(() => receiver.Receive());

        Assert.That(Read(receiver.Path)["ipmpsc.skipped receiver"], Is.EqualTo(1));
    }

    [Test]
    public void TheEventSourceReportsOpeningRetiringAndClosing()
    {
        using EventLog log = new();
        string path;
        using (Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary())
        {
            path = receiver.Path;
            Sender<Tick>.Open(path).Dispose();
        }

        Assert.That(
            log.Of(path),
            Is.EqualTo(new[] { "Opened receiver", "Opened sender", "Closed sender", "Closed receiver", "Retired" }));
    }

    /// <summary>Seconds for which a receiver waits for a claim.</summary>
    private static double ReadBlocked(string channel)
    {
        double blocked = -1;
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument is { Meter.Name: "IpMpsc", Name: "ipmpsc.blocked" })
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            foreach ((string key, object? tag) in tags)
            {
                blocked = key == "channel" && tag as string == channel ? value : blocked;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return blocked;
    }

    private static Dictionary<string, long> Read(string path)
    {
        Dictionary<string, long> numbers = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == "IpMpsc")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Equals(tags[0].Value, path))
            {
                numbers.Add($"{instrument.Name} {tags[1].Value}", value);
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return numbers;
    }

    private sealed class EventLog : EventListener
    {
        private readonly List<EventWrittenEventArgs> _events = [];

        public string[] Of(string path)
        {
            lock (_events)
            {
                return [.. _events.Where(found => Equals(found.Payload![0], path))
                    .Select(found => $"{found.EventName} {found.Payload!.ElementAtOrDefault(1)}".Trim())];
            }
        }

        protected override void OnEventSourceCreated(EventSource source)
        {
            if (source.Name == "IpMpsc")
            {
                EnableEvents(source, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs written)
        {
            if (written.EventSource.Name == "IpMpsc")
            {
                lock (_events)
                {
                    _events.Add(written);
                }
            }
        }
    }
}
