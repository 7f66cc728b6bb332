using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Senders may already be overwriting the bytes of a held message that was released.</summary>
internal sealed class UseAfterHeldRelease() : StaleUseRule(s_descriptor, HandleKind.Held)
{
    public const string Id = "IPM0049";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A held message is used after its release",
        messageFormat: "'{0}' is used after the held message was released, when senders may overwrite its bytes; "
            + "dispose the message after the last use",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
