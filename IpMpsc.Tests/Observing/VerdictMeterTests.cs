using System.Diagnostics.Metrics;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Observing;

/// <summary>The meter reports the verdicts on the channels that this process has open.</summary>
public sealed class VerdictMeterTests : ChannelFixture
{
    [Test]
    public void AVerdictHasItsSeverityAndEndsWithTheChannel()
    {
        const string RingFull = nameof(ChannelVerdictKind.RingFull);
        using (ByteReceiver receiver = ByteReceiver.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 }))
        using (ByteSender sender = ByteSender.Open(ChannelPath))
        {
            Assert.That(Verdicts(), Has.Count.EqualTo(Enum.GetValues<ChannelVerdictKind>().Length).And.All.Matches<KeyValuePair<string, int>>(verdict => verdict.Value == 0));
            sender.Send(new byte[40]);
            Assert.That(Verdicts()[RingFull], Is.EqualTo(1 + (int)VerdictSeverity.Warning));
            receiver.Receive();
            Assert.That(Verdicts()[RingFull], Is.Zero);
        }

        Assert.That(Verdicts(), Is.Empty, "No participant of this process has the channel open.");
    }

    private Dictionary<string, int> Verdicts()
    {
        Dictionary<string, int> verdicts = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, it) =>
        {
            if (instrument is { Name: "ipmpsc.verdict", Meter.Name: "IpMpsc" })
            {
                it.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) =>
        {
            if (tags.Contains(new("channel", ChannelPath)))
            {
                verdicts.Add((string)tags.ToArray().Single(static tag => tag.Key == "verdict").Value!, value);
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return verdicts;
    }
}
