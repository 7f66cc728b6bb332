using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Protocols;

/// <summary>A name is taken by what is generated into a protocol.</summary>
internal sealed class ReservedProtocolName : ProtocolRule
{
    public const string Id = "IPM0044";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A name is reserved for the generated code of a protocol",
        messageFormat: "'{0}' in protocol '{1}' is a name that {2}; choose another one",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(ProtocolDeclaration protocol)
    {
        IEnumerable<ISymbol> clashes = protocol.Type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && !member.IsGenerated() && Clashes(member));
        if (GeneratedNames.IsInProtocol(protocol.Name) || GeneratedNames.IsFactory(protocol.Name))
        {
            clashes = clashes.Prepend(protocol.Type);
        }

        return clashes
            .Select(symbol => At(symbol, symbol.Name, protocol.Name, "its generated code uses itself"))
            .Concat(
                from alike in protocol.Messages.GroupBy(protocol.NameWithin)
                where alike.Count() > 1
                select At(protocol.Type, alike.Key, protocol.Name, "its generated code gives to two messages"))
            .Concat(
                from message in protocol.Messages
                where protocol.NameWithin(message) == GeneratedNames.StorageOfEnum
                select At(protocol.Type, message.Name, protocol.Name, "no member of its MessageKind can have"));
    }

    // A method of the same name may have parameters of its own; those that are generated end with the options.
    private static bool Clashes(ISymbol member) =>
        GeneratedNames.IsInProtocol(member.Name)
        || (GeneratedNames.IsFactory(member.Name)
            && (member is not IMethodSymbol method || method.Parameters.LastOrDefault()?.Type.Name == "IpcChannelOptions"));
}
