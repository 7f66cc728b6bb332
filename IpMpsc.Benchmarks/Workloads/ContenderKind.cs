namespace IpMpsc.Benchmarks.Workloads;

/// <summary>What a contender stands for.</summary>
internal enum ContenderKind
{
    /// <summary>An API of this library.</summary>
    Library,

    /// <summary>What one would use instead.</summary>
    Alternative,

    /// <summary>The least that the machine needs for it, without any of the guarantees.</summary>
    Limit,
}
