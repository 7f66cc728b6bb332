using IpMpsc.Tool.Measuring;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc hz</c>: how often messages come.</summary>
internal sealed class HzCommand() : MeasureCommand(
    "hz", "Measure how often messages pass, without taking part, until Ctrl-C.", "ipmpsc hz quotes --where 'Venue == \"London\"'")
{
    protected override IMeasurement? Measure(string channel, IReadOnlyCollection<Sample> samples) => RateReport.Of(channel, samples);
}
