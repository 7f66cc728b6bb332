using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;

namespace IpMpsc.Tests.Waiting;

/// <summary>What listeners of the meter and of the event source see.</summary>
[CancelAfter(30_000)]
public sealed class MetricsTests
{
    [Test]
    public void The_meter_tells_what_was_counted()
    {
        using Receiver<Note> receiver = Receiver<Note>.CreateTemporary(new ChannelOptions { Capacity = 1024 });
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

        long bytes = Channel.Inspect(path).BytesReceived;
        Assert.That(numbers["ipmpsc.messages sender"], Is.EqualTo(3), "Also after the sender has left.");
        Assert.That(numbers["ipmpsc.messages receiver"], Is.EqualTo(2));
        Assert.That(numbers["ipmpsc.bytes receiver"], Is.EqualTo(bytes));
        Assert.That(numbers["ipmpsc.bytes sender"], Is.GreaterThan(bytes));
        Assert.That(numbers["ipmpsc.depth receiver"], Is.EqualTo(Channel.Inspect(path).BytesUsed).And.GreaterThan(0));
        Assert.That(numbers["ipmpsc.recoveries receiver"], Is.Zero);
        Assert.That(numbers["ipmpsc.skipped receiver"], Is.Zero);
    }

    [Test]
    public void Waits_and_wake_ups_are_counted()
    {
        using Receiver<Tick> receiver = Receiver<Tick>.CreateTemporary();
        using Sender<Tick> sender = Sender<Tick>.Open(receiver.Path);
        Assert.That(receiver.TryReceive(out _, TimeSpan.FromMilliseconds(1)), Is.False);

        Dictionary<string, long> numbers = Read(receiver.Path);

        Assert.That(numbers["ipmpsc.waits receiver"], Is.EqualTo(1));
        Assert.That(numbers["ipmpsc.waits sender"], Is.Zero);
        Assert.That(numbers["ipmpsc.wakeups sender"], Is.Zero);
    }

    [Test]
    public void Undecodable_messages_are_counted_as_skipped()
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
    public void The_event_source_tells_of_opening_retiring_and_closing()
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
