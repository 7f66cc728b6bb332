using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Older programs still send the field, and still look for it.</summary>
internal sealed class RemovedField : BaselineRule
{
    public const string Id = "IPM0024";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A field of the baseline is missing",
        messageFormat: "'{0}' no longer has the field '{1}' of its baseline; keep it, or make a new message of another name",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(SchemaChange change) =>
        from field in change.Removed
        select Diagnostic.Create(s_descriptor, change.Position, change.Properties, change.Name, field.Name);
}
