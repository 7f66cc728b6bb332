using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>A generic protocol would be many under one name.</summary>
internal sealed class GenericProtocol : ProtocolRule
{
    public const string Id = "IPM0013";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A protocol cannot be generic",
        messageFormat: "'{0}' has type parameters, but a protocol is one list of messages; declare it as a plain class",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(ProtocolDeclaration protocol) =>
        from type in protocol.Type.SelfAndContainingTypes()
        where type.TypeParameters.Length > 0
        select At(type, type.Name);
}
