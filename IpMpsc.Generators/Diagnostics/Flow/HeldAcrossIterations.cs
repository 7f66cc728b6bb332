using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>Each step of ReadAll releases the message of the step before.</summary>
internal sealed class HeldAcrossIterations : FlowRule
{
    public const string Id = "IPM0034";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message is held across the iterations of ReadAll",
        messageFormat: "'{0}' still looks at the message of an earlier iteration, which the loop has released; "
            + "copy what is needed before, for example with 'Read()'",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from use in flow.StaleUses
        where use.Source == HandleKind.Enumerator
        select Diagnostic.Create(s_descriptor, use.Use.GetLocation(), use.Holder);
}
