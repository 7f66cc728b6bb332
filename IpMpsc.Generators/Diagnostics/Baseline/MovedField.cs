using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Older programs look for the field where it was.</summary>
internal sealed class MovedField : BaselineRule
{
    public const string Id = "IPM0025";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A field stands elsewhere than in the baseline",
        messageFormat: "'{0}' stands at offset {1}, in the baseline of '{2}' at {3}; "
            + "keep the order, and add new fields at the end",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(SchemaChange change)
    {
        // A field that is missing or has another size moves all behind it: that is reported as what it is.
        List<(BaselineField Before, BaselineField Now)> kept = change.Kept.ToList();
        if (change.Removed.Any() || kept.Any(field => change.DifferenceOf(field.Before, field.Now) is not null))
        {
            return [];
        }

        return from field in kept.Where(field => field.Before.Offset != field.Now.Offset).Take(1)
               let symbol = change.SymbolOf(field.Now)
               select Diagnostic.Create(
                   s_descriptor,
                   symbol.NamePosition(),
                   change.Properties,
                   symbol.Name,
                   field.Now.Offset,
                   change.Name,
                   field.Before.Offset);
    }
}
