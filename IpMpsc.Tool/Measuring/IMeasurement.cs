namespace IpMpsc.Tool.Measuring;

/// <summary>A line of a measurement, for people and for programs.</summary>
internal interface IMeasurement
{
    /// <summary>The line for people.</summary>
    string Text { get; }
}
