using Microsoft.CodeAnalysis.Operations;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A claim that stays open if a call throws.</summary>
internal readonly record struct Loss(Handout Claim, IInvocationOperation Thrower);
