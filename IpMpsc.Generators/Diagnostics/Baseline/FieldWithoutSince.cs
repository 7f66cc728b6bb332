using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Without a version, programs of the baseline take the longer message for a wrong one.</summary>
internal sealed class FieldWithoutSince : BaselineRule
{
    public const string Id = "IPM0027";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A new field does not tell since when it is there",
        messageFormat: "'{0}' is not in the baseline of '{1}', which has version {2}; mark it with [Since({3})]",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    /// <summary>Property of the diagnostic: the version that the field is to be marked with.</summary>
    public const string Version = nameof(Version);

    public override IEnumerable<Diagnostic> Check(SchemaChange change)
    {
        int next = System.Math.Max(change.Before.Version + 1, change.VersionNow);
        return from field in change.Added
               let symbol = change.SymbolOf(field)
               where change.MemberOf(field).Since <= change.Before.Version
               select Diagnostic.Create(
                   s_descriptor,
                   symbol.NamePosition(),
                   change.Properties.Add(Version, next.ToString(CultureInfo.InvariantCulture)),
                   symbol.Name,
                   change.Name,
                   change.Before.Version,
                   next);
    }
}
