namespace IpMpsc.Benchmarks.Compiling;

/// <summary>What generators took.</summary>
/// <param name="First">Milliseconds of the first run.</param>
/// <param name="Edit">Milliseconds of the run after an edit of an unrelated file.</param>
/// <param name="Characters">The length of what they made.</param>
internal readonly record struct CompilerRun(double First, double Edit, int Characters);
