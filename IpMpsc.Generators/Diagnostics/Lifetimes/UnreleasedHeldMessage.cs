using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Until a held message is released, the ring stays full behind it.</summary>
internal sealed class UnreleasedHeldMessage() : LeakRule(s_descriptor, HandleKind.Held)
{
    public const string Id = "IPM0048";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A held message is not released on some path",
        messageFormat: "This held message is not released on some path, and then senders never get its room back; {0}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
