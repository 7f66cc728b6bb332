using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Diagnostics.Baseline;

/// <summary>Without a version, programs of the baseline refuse the longer message.</summary>
internal sealed class FieldWithoutSince : BaselineRule
{
    public const string Id = "IPM0027";

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "A new field does not state the version that adds it",
        messageFormat: "'{0}' is not in the baseline of '{1}', which has version {2}; mark it with [Since({3})]",
        Rule.Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    /// <summary>Property of the diagnostic: the version to mark the fields with.</summary>
    public const string Version = nameof(Version);

    /// <summary>Property of the diagnostic: the names of all fields to mark, with commas between them.</summary>
    public const string Fields = nameof(Fields);

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(SchemaChange change)
    {
        int next = System.Math.Max(change.Before.Version + 1, change.VersionNow);
        BaselineField[] unmarked = change.Added.Where(field => change.MemberOf(field).Since <= change.Before.Version).ToArray();
        string names = string.Join(",", unmarked.Select(field => field.Name));
        return from field in unmarked
               let symbol = change.SymbolOf(field)
               select Diagnostic.Create(
                   s_descriptor,
                   symbol.NamePosition(),
                   change.Properties.Add(Version, next.ToString(CultureInfo.InvariantCulture)).Add(Fields, names),
                   symbol.Name,
                   change.Name,
                   change.Before.Version,
                   next);
    }
}
