namespace IpMpsc.Benchmarks.Roles;

/// <summary>The result of one process in one run.</summary>
internal sealed record Outcome
{
    /// <summary>What the run measures, in the unit of its workload; 0 from processes that only take part.</summary>
    public double Value { get; init; }

    /// <summary>Messages that this process has sent or received.</summary>
    public long Messages { get; init; }

    /// <summary>Bytes that its thread has allocated on the managed heap meanwhile; null if they are not counted.</summary>
    public long? Allocated { get; init; }

    /// <summary>Times of single round trips in nanoseconds, as percentiles in the order of <see cref="Values.Percentiles"/>.</summary>
    public double[]? Percentiles { get; init; }

    /// <summary>Why there is no result.</summary>
    public string? Error { get; init; }
}
