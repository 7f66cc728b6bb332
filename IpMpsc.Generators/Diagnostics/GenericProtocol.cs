using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>A generic protocol would be many under one name.</summary>
internal sealed class GenericProtocol : MessageRule
{
    private static readonly DiagnosticDescriptor s_descriptor = new(
        id: "IPM0013",
        title: "A protocol cannot be generic",
        messageFormat: "'{0}' has type parameters, but a protocol is one list of messages; declare it as a plain class",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(INamedTypeSymbol message) =>
        from type in message.SelfAndContainingTypes()
        where type.TypeParameters.Length > 0
        select At(type, type.Name);
}
