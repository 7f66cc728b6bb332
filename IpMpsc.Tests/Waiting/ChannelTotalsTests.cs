using System.Diagnostics.Metrics;
using IpMpsc.Telemetry;

namespace IpMpsc.Tests.Waiting;

/// <summary>The meter's totals never decrease, and their number does not grow with every channel that ever existed.</summary>
public sealed class ChannelTotalsTests
{
    private const int Channels = 5_000;

    [Test]
    public void ClosedChannelsAreAddedUp()
    {
        ChannelTotals totals = new();
        for (int channel = 0; channel < Channels; channel++)
        {
            Participant participant = new($"channel-{channel}") { Messages = 1 };
            totals.Add(participant);
            Assert.That(totals.Remove(participant));
        }

        Dictionary<(string Channel, string Role), ChannelTally> sums = totals.Sum();
        Assert.That(sums, Has.Count.EqualTo(ChannelTotals.MostClosed + 1));
        Assert.That(sums.Values.Sum(static tally => tally.Messages), Is.EqualTo(Channels));
        Assert.That(sums[(ChannelTotals.Older, "sender")].Messages, Is.EqualTo(Channels - ChannelTotals.MostClosed));
    }

    /// <summary>The totals of a channel that is open stay, however many others are closed meanwhile.</summary>
    [Test]
    public void OpenChannelIsNotAddedUp()
    {
        ChannelTotals totals = new();
        Participant first = new("open") { Messages = 7 };
        Participant second = new("open") { Messages = 1 };
        totals.Add(first);
        totals.Remove(first);
        totals.Add(second);
        for (int channel = 0; channel < Channels; channel++)
        {
            Participant participant = new($"channel-{channel}");
            totals.Add(participant);
            totals.Remove(participant);
        }

        Assert.That(totals.Sum()[("open", "sender")].Messages, Is.EqualTo(8));
        GC.KeepAlive(second);
    }

    /// <summary>What a participant had counted at the last reading stays when the garbage collector takes the participant.</summary>
    [Test]
    public void DroppedParticipantKeepsItsTotal()
    {
        ChannelTotals totals = new();
        AddAndDrop(totals);
        Assert.That(totals.Sum()[("dropped", "sender")].Messages, Is.EqualTo(3));

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(totals.Sum()[("dropped", "sender")].Messages, Is.EqualTo(3));
        Assert.That(totals.Read(ChannelGauge.Depth), Is.Empty, "The collected participant has no gauge.");
    }

    /// <summary>A listener observes real channels, one after another.</summary>
    [Test]
    public void SeriesOfTemporaryChannelsDoNotPileUp()
    {
        for (int channel = 0; channel < 3 * ChannelTotals.MostClosed; channel++)
        {
            using ByteReceiver receiver = ByteReceiver.CreateTemporary(new IpcChannelOptions { Capacity = 4096 });
            using ByteSender sender = ByteSender.Open(receiver.Path);
            sender.Send([1]);
        }

        int series = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "IpMpsc" && instrument.Name == "ipmpsc.messages")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => series++);
        listener.Start();
        listener.RecordObservableInstruments();

        // Other tests of this run may have channels open, and those count.
        Assert.That(series, Is.LessThan(3 * ChannelTotals.MostClosed));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void AddAndDrop(ChannelTotals totals)
    {
        Participant participant = new("dropped") { Messages = 3 };
        totals.Add(participant);
        totals.Sum();
    }

    private sealed class Participant(string channel) : IMetered
    {
        public long Messages { get; init; }

        public string Channel => channel;

        public string Role => "sender";

        public ChannelTally Tally => new(Messages, 0, 0, 0, 0, 0, 0);

        public long Read(ChannelGauge gauge) => 0;
    }
}
