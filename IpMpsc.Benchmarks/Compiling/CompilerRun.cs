namespace IpMpsc.Benchmarks.Compiling;

/// <summary>How long generators took, in milliseconds of processor time.</summary>
/// <param name="First">The first run.</param>
/// <param name="Edit">The run after an edit of an unrelated file.</param>
/// <param name="Characters">The length of the generated text.</param>
internal readonly record struct CompilerRun(double First, double Edit, int Characters);
