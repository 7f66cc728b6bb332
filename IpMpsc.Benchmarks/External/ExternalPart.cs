namespace IpMpsc.Benchmarks.External;

/// <summary>What makes a contender an external one.</summary>
/// <param name="Program">The program that does it.</param>
/// <param name="Work">What it is asked to do.</param>
internal sealed record ExternalPart(ExternalProgram Program, ExternalWork Work);
