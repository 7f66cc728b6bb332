using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>The bytes of a released message belong to the senders again.</summary>
internal sealed class UseAfterRelease : FlowRule
{
    public const string Id = "IPM0033";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message is used after its release",
        messageFormat: "'{0}' is used after the message was released: its bytes belong to the senders again; "
            + "copy what is needed before, for example with 'Read()'",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from use in flow.StaleUses
        where use.Source == HandleKind.Message
        select Diagnostic.Create(s_descriptor, use.Use.GetLocation(), use.Holder);
}
