namespace IpMpsc.Benchmarks.Compiling;

/// <summary>How long generators took.</summary>
/// <param name="First">Milliseconds of the first run.</param>
/// <param name="Edit">Milliseconds of the run after an edit of an unrelated file.</param>
/// <param name="Characters">The length of the generated text.</param>
internal readonly record struct CompilerRun(double First, double Edit, int Characters);
