namespace IpMpsc.Platform;

/// <summary>Describes what the library uses of the system on which it runs, for display.</summary>
/// <param name="Sleep">How a blocking call on one channel sleeps.</param>
/// <param name="SleepOnMany">How a thread that waits for many channels sleeps.</param>
/// <param name="Barrier">What orders a publication before the check for a sleeper.</param>
/// <param name="Liveness">How the library detects a death.</param>
/// <param name="Shortcomings">What the system lacks and what that costs; empty at best.</param>
internal sealed record PlatformReport(
    string Sleep, string SleepOnMany, string Barrier, string Liveness, IReadOnlyList<string> Shortcomings);
