using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>The receiver may already be reading the bytes of a committed message.</summary>
internal sealed class UseAfterCommit() : StaleUseRule(s_descriptor, HandleKind.Claim)
{
    public const string Id = "IPM0035";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim is used after its end",
        messageFormat: "'{0}' is used after the claim was committed or aborted, when its bytes no longer belong to the sender",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
