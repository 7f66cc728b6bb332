using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Until a claim ends, the receiver gets no message that was claimed after it.</summary>
internal sealed class LeakedClaim() : LeakRule(s_descriptor, HandleKind.Claim)
{
    public const string Id = "IPM0030";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A claim is neither committed nor aborted on some path",
        messageFormat: "This claim is neither committed nor aborted on some path, and blocks every message behind it; {0}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
