using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>The schema text of a message, whose grammar is in docs/schema.md.</summary>
internal static class SchemaText
{
    /// <summary>One line for the message and one for each field, without line feeds.</summary>
    public static IEnumerable<string> Lines(string name, ushort id, ushort version, MessageLayout layout) =>
        Fields(layout.Fields, "  ").Prepend($"message {name} id {id} version {version} size {layout.Size}");

    /// <summary>The lines of a message in source; null if it cannot be generated.</summary>
    public static IEnumerable<string>? Lines(INamedTypeSymbol message)
    {
        if (!MessageRule.AllowGeneration(message) || MessageLayout.Compute(message) is not { } layout)
        {
            return null;
        }

        MessageIdentity identity = MessageIdentity.Of(message);
        return Lines(identity.Name, identity.Id, identity.Version, layout);
    }

    private static IEnumerable<string> Fields(IEnumerable<FieldModel> fields, string indent) =>
        fields.SelectMany(field => Fields(field.Type.Members, indent + "  ")
            .Prepend($"{indent}{field.Name} {field.Type.SchemaName} @{field.Offset}{Since(field)}"));

    private static string Since(FieldModel field) =>
        field.Since > FieldModel.FirstVersion ? $" since {field.Since}" : "";
}
