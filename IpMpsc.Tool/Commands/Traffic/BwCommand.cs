using IpMpsc.Tool.Measuring;

namespace IpMpsc.Tool.Commands.Traffic;

/// <summary><c>ipmpsc bw</c>: how many bytes pass.</summary>
internal sealed class BwCommand() : MeasureCommand(
    "bw", "Measure how many bytes of messages pass, without taking part, until Ctrl-C.", "ipmpsc bw frames --window 100")
{
    protected override IMeasurement? Measure(string channel, IReadOnlyCollection<Sample> samples) => BandwidthReport.Of(channel, samples);
}
