using System.Diagnostics.Metrics;

namespace IpMpsc.Tests.Tracing;

/// <summary>Listens to the times that the meter reports for one channel.</summary>
internal sealed class ChannelTimes : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<double> _seconds = [];

    public ChannelTimes(string channel)
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "IpMpsc", Name: "ipmpsc.time_in_ring" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (tags.Length == 1 && tags[0].Key == "channel" && (string?)tags[0].Value == channel)
            {
                _seconds.Add(seconds);
            }
        });
        _listener.Start();
    }

    public IReadOnlyList<double> Seconds => _seconds;

    public void Dispose() => _listener.Dispose();
}
