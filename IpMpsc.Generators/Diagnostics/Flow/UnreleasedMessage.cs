using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Flow;

/// <summary>Until a message is released, its receiver gets no other one and its bytes are not reused.</summary>
internal sealed class UnreleasedMessage : FlowRule
{
    public const string Id = "IPM0032";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A received message is not released on some path",
        messageFormat: "This message is not released on some path, and the next receive fails; declare it with 'using'",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MethodFlow flow) =>
        from leak in flow.Leaks
        where leak.Kind == HandleKind.Message
        select Diagnostic.Create(s_descriptor, leak.Call.Syntax.GetLocation());
}
