using System.Collections.Generic;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>What is added to the types of the channel stands outside of all types, where it cannot name a private one.</summary>
internal sealed class WithoutAccess : MessageRule
{
    public const string Id = "IPM0017";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A private message has no View and Writer on the types of the channel",
        messageFormat: "'{0}', or a type around it, is private or protected, so 'message.View' and 'claim.Writer' are missing; "
            + "make it internal, or write 'new {0}.View(message.Payload, message.SchemaVersion)'",
        Rule.Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Type.EffectiveAccessibility().Length == 0)
        {
            yield return At(message.Type, message.Name);
        }
    }
}
