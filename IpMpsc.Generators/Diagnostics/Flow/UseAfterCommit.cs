using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>The bytes of a committed message belong to the receiver, who may be reading them.</summary>
internal sealed class UseAfterCommit : FlowRule
{
    public const string Id = "IPM0035";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim is used after its end",
        messageFormat: "'{0}' is used after the claim was committed or aborted: its bytes are no longer the sender's",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from use in flow.StaleUses
        where use.Source == HandleKind.Claim
        select Diagnostic.Create(s_descriptor, use.Use.GetLocation(), use.Holder);
}
