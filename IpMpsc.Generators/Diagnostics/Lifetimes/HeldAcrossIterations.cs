using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Each step of ReadAll releases the message of the step before.</summary>
internal sealed class HeldAcrossIterations() : StaleUseRule(s_descriptor, HandleKind.Enumerator)
{
    public const string Id = "IPM0034";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message is held across the iterations of ReadAll",
        messageFormat: "'{0}' still refers to the message of an earlier iteration, which the loop has released; "
            + "copy what you need in that iteration, for example with 'Read()'",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
