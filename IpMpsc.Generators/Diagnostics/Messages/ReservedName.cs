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
        messageFormat: "'{0}' in '{1}' is a name {2}; choose another one",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id),
        customTags: WellKnownDiagnosticTags.NotConfigurable);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(MessageDeclaration message)
    {
        if (message.Layout is not { } layout)
        {
            return [];
        }

        return message.NamesakesOfTypes(layout)
            .Concat(message.Implementations)
            .Concat(message.Members.Where(member => GeneratedNames.IsInAccessors(member.Name)).Select(member => member.Symbol))
            .Distinct<ISymbol>(SymbolEqualityComparer.Default)
            .Select(symbol => At(symbol, symbol.Name, message.Name, "that the generated code of the message uses itself"))
            .Concat(Alike(message, layout));
    }

    /// <summary>Fields of which two would have a member of the same name, such as Data with HasData and data with HasData.</summary>
    private IEnumerable<Diagnostic> Alike(MessageDeclaration message, MessageLayout layout) =>
        from made in GeneratedNames.InAccessors(layout)
        group made.Field by made.Name into alike
        where alike.Count() > 1
        let last = alike.Last()
        let symbol = message.Members.First(member => member.Name == last).Symbol
        select At(symbol, symbol.Name, message.Name, $"that gives it a member '{alike.Key}', as '{alike.First()}' has one");
}
