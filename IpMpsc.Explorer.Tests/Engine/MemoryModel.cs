namespace Exploring.Engine;

/// <summary>How stores become visible.</summary>
internal enum MemoryModel
{
    /// <summary>Immediately: sequential consistency.</summary>
    Sequential,

    /// <summary>In order, at any later time: total store order, x86-64.</summary>
    Tso,

    /// <summary>
    /// Plain stores in any order, release stores after all earlier ones. Interlocked operations also store later: later loads may pass them, as
    /// they may pass casal on Arm64. Only a fence orders later loads.
    /// </summary>
    Arm64,
}
