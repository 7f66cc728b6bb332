using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>Fields lie in declaration order, so a bad order is sent as padding with every message.</summary>
internal sealed class PaddingHoles : MessageRule
{
    public const string Id = "IPM0020";

    /// <summary>Property of the diagnostic: the names of the fields in the better order, separated by commas.</summary>
    public const string Order = nameof(Order);

    private static readonly DiagnosticDescriptor s_descriptor = new(
        Id,
        title: "Another order of the fields makes the message smaller",
        messageFormat: "'{0}' has {1} bytes, {2} more than in the order {3}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: Rule.Page(Id));

    public override DiagnosticDescriptor Descriptor => s_descriptor;

    public override IEnumerable<Diagnostic> Check(INamedTypeSymbol message)
    {
        List<PackedField> declared = PackedField.Of(message).ToList();
        List<PackedField> better = PackedField.InBestOrder(declared);
        int size = PackedField.SizeOf(declared);
        int gain = size - PackedField.SizeOf(better);
        if (gain > 0)
        {
            yield return Diagnostic.Create(
                Descriptor,
                message.NamePosition(),
                ImmutableDictionary<string, string?>.Empty.Add(Order, string.Join(",", better.Select(field => field.Name))),
                message.Name,
                size,
                gain,
                string.Join(", ", better.Select(field => field.Name)));
        }
    }
}
