namespace IpMpsc.Platform;

/// <summary>What the library uses of the system it runs on, in words for people.</summary>
/// <param name="Sleep">How a blocking call on one channel sleeps.</param>
/// <param name="SleepOnMany">How a thread that waits for many channels sleeps.</param>
/// <param name="Barrier">What orders a publication before the look for a sleeper.</param>
/// <param name="Liveness">How a death is noticed.</param>
/// <param name="Shortcomings">What the system does not have, and what that costs; empty at best.</param>
internal sealed record PlatformReport(
    string Sleep, string SleepOnMany, string Barrier, string Liveness, IReadOnlyList<string> Shortcomings);
