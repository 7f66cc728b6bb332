using System.Collections.Generic;
using System.Collections.Immutable;
using IpMpsc.Generators.Diagnostics.Flow;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>A mistake in the way a method uses claims and messages.</summary>
internal abstract class LifetimeRule(DiagnosticDescriptor descriptor)
{
    public static ImmutableArray<LifetimeRule> All { get; } = ImmutableArray.Create<LifetimeRule>(
        new LeakedClaim(),
        new UncommittedClaim(),
        new UnreleasedMessage(),
        new UseAfterRelease(),
        new UnreleasedHeldMessage(),
        new UseAfterHeldRelease(),
        new HeldAcrossIterations(),
        new UseAfterCommit(),
        new ClaimLostByException(),
        new SecondWhileOpen());

    public DiagnosticDescriptor Descriptor => descriptor;

    /// <summary>The mistakes of this kind in a method, a lambda or a local function.</summary>
    public abstract IEnumerable<Diagnostic> Check(MethodFlow flow);
}
