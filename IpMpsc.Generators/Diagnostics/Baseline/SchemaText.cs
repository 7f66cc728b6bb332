using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>The schema text of a message, as docs/schema.md describes it and the generator writes it.</summary>
internal static class SchemaText
{
    /// <summary>One line for the message and one for each field; null if the message cannot be generated.</summary>
    public static string? Of(INamedTypeSymbol message)
    {
        if (!MessageRule.AllowGeneration(message) || MessageLayout.Compute(message) is not { } layout)
        {
            return null;
        }

        MessageIdentity identity = MessageIdentity.Of(message);
        IEnumerable<string> lines = Fields(layout.Fields, "  ")
            .Prepend($"message {identity.Name} id {identity.Id} version {identity.Version} size {layout.Size}");
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static IEnumerable<string> Fields(IEnumerable<FieldModel> fields, string indent) =>
        fields.SelectMany(field => Fields(field.Type.Members, indent + "  ")
            .Prepend($"{indent}{field.Name} {field.Type.SchemaName} @{field.Offset}{Since(field)}"));

    private static string Since(FieldModel field) =>
        field.Since > FieldModel.FirstVersion ? $" since {field.Since}" : "";
}
