using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Until a message is released, its receiver gets no other message, and senders cannot reuse its bytes.</summary>
internal sealed class UnreleasedMessage() : LeakRule(s_descriptor, HandleKind.Message)
{
    public const string Id = "IPM0032";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A received message is not released on some path",
        messageFormat: "This message is not released on some path, and then the next receive throws; {0}",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
