using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>A mistake in the way a method uses claims and messages.</summary>
internal abstract class FlowRule
{
    public static ImmutableArray<FlowRule> All { get; } = ImmutableArray.Create<FlowRule>(
        new LeakedClaim(),
        new UncommittedClaim(),
        new UnreleasedMessage(),
        new UseAfterRelease(),
        new HeldAcrossIterations(),
        new UseAfterCommit());

    public abstract DiagnosticDescriptor Descriptor { get; }

    /// <summary>The mistakes of this kind in a method, a lambda or a local function.</summary>
    public abstract IEnumerable<Diagnostic> Check(MethodFlow flow);
}
