using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Messages;

/// <summary>A name is taken by what is generated into a message with variable fields.</summary>
internal sealed class ReservedName : MessageRule
{
    public const string Id = "IPM0007";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A name is reserved for the generated code of a message",
        messageFormat: "'{0}' is a name that the generated code of '{1}' uses itself; choose another one",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Layout is not { HasView: true } layout)
        {
            // The generated part of a message that is its own view has no names of its own.
            return [];
        }

        var usedByAccessors = new HashSet<string>(GeneratedNames.InAccessors.Concat(
            layout.Fields.SelectMany(field => GeneratedNames.OfField(field.Name, field.Type))));
        IEnumerable<ISymbol> clashes = message.Type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && !IsGenerated(member)
                && GeneratedNames.InMessage.Contains(member.Name))
            .Concat(message.Members.Where(member => usedByAccessors.Contains(member.Name)).Select(member => member.Symbol));
        if (GeneratedNames.InMessage.Contains(message.Name))
        {
            clashes = clashes.Prepend(message.Type);
        }

        return clashes
            .Distinct<ISymbol>(SymbolEqualityComparer.Default)
            .Select(symbol => At(symbol, symbol.Name, message.Name));
    }

    // The analyzer sees the message with its generated part, where these names belong.
    private static bool IsGenerated(ISymbol member) =>
        member.NamePosition().SourceTree?.FilePath.EndsWith(".g.cs", System.StringComparison.Ordinal) == true;
}
