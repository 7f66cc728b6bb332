namespace Exploring.Engine;

/// <summary>How stores become visible.</summary>
internal enum MemoryModel
{
    /// <summary>At once: sequential consistency.</summary>
    Sequential,

    /// <summary>In their order, and any time later: total store order, x86-64.</summary>
    Tso,

    /// <summary>
    /// Plain ones in any order, release stores after all before them, and also what an interlocked operation stores: later loads may pass it, as
    /// they may pass casal on Arm64. Only a fence holds loads back.
    /// </summary>
    Arm64,
}
