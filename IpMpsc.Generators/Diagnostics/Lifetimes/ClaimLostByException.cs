using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Flow;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>An exception that leaves the method takes the claim with it: nobody can end it any more.</summary>
internal sealed class ClaimLostByException() : LifetimeRule(s_descriptor)
{
    public const string Id = "IPM0039";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim stays open if a call throws",
        messageFormat: "If '{0}' throws, this claim stays open and blocks every message behind it until the sender is disposed; {1}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from loss in flow.Open.Losses
        select Diagnostic.Create(
            Descriptor, loss.Claim.Call.Syntax.GetLocation(), loss.ThrowerName, loss.Claim.Advice(flow));
}
