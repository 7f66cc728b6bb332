namespace IpMpsc.Benchmarks.Workloads;

/// <summary>What the value of a run is, and how it is shown.</summary>
internal enum Unit
{
    /// <summary>Nanoseconds for one of what was counted.</summary>
    Nanoseconds,

    /// <summary>Messages in a second; measured, too, as nanoseconds for one.</summary>
    MessagesPerSecond,
}
