using IpMpsc.Benchmarks.Roles;

namespace IpMpsc.Benchmarks.External;

/// <summary>The external part of a contender.</summary>
/// <param name="Program">The program that does it.</param>
/// <param name="Work">The work that it is asked to do.</param>
internal sealed record ExternalPart(ExternalProgram Program, ExternalWork Work);
