namespace IpMpsc.Benchmarks.Values;

/// <summary>The unit of a run's value, and how it is shown.</summary>
internal enum Unit
{
    /// <summary>Nanoseconds for each counted operation.</summary>
    Nanoseconds,

    /// <summary>Messages per second; also measured as nanoseconds for each.</summary>
    MessagesPerSecond,
}
