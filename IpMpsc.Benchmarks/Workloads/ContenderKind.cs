namespace IpMpsc.Benchmarks.Workloads;

/// <summary>The kinds of contenders.</summary>
internal enum ContenderKind
{
    /// <summary>An API of this library.</summary>
    Library,

    /// <summary>What one would use instead.</summary>
    Alternative,

    /// <summary>The minimum that the machine needs, without any of the guarantees.</summary>
    Limit,
}
