using IpMpsc.Generators.Diagnostics.Usage;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Lifetimes;

/// <summary>Senders may already be overwriting the bytes of a released message.</summary>
internal sealed class UseAfterRelease() : StaleUseRule(s_descriptor, HandleKind.Message)
{
    public const string Id = "IPM0033";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A message is used after its release",
        messageFormat: "'{0}' is used after the message was released, when senders may overwrite its bytes; "
            + "copy what you need before the release, for example with 'Read()'",
        Rule.Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));
}
