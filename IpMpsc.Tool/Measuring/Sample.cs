namespace IpMpsc.Tool.Measuring;

/// <summary>A message that was measured.</summary>
/// <param name="Time">When it was read, in seconds on the monotonic clock.</param>
/// <param name="Bytes">Bytes of its payload.</param>
/// <param name="Missed">Messages before it that could not be read.</param>
/// <param name="Delay">Seconds from its commit to its release; 0 where that is not measured.</param>
internal readonly record struct Sample(double Time, int Bytes, long Missed, double Delay = 0)
{
    /// <summary>The time from the first message to the last, and the messages between them that could not be read.</summary>
    public static (double Span, long Missed) Extent(IReadOnlyCollection<Sample> samples) =>
        (samples.Last().Time - samples.First().Time, samples.Skip(1).Sum(static sample => sample.Missed));
}
