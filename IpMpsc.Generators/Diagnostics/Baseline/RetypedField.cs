using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Older programs read the bytes of the field as something else.</summary>
internal sealed class RetypedField : BaselineRule
{
    public const string Id = "IPM0026";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A field has another type than in the baseline",
        messageFormat: "'{0}' is {1}, in the baseline of '{2}' {3}; keep it, and add a field of the new type at the end",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(SchemaChange change) =>
        from field in change.Kept
        let difference = change.DifferenceOf(field.Before, field.Now)
        where difference is not null
        let symbol = change.SymbolOf(field.Now)
        select Diagnostic.Create(
            s_descriptor,
            symbol.NamePosition(),
            change.Properties,
            symbol.Name,
            difference.Value.Now,
            change.Name,
            difference.Value.Before);
}
