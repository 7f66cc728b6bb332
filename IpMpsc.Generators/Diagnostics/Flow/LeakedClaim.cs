using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>Until a claim ends, nothing behind it in the ring is received.</summary>
internal sealed class LeakedClaim : FlowRule
{
    public const string Id = "IPM0030";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim is neither committed nor aborted on some path",
        messageFormat: "This claim is neither committed nor aborted on some path, and holds up every message behind it; "
            + "declare it with 'using'",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from leak in flow.Leaks
        where leak.Kind == HandleKind.Claim
        select Diagnostic.Create(s_descriptor, leak.Call.Syntax.GetLocation());
}
