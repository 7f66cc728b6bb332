using System.Collections.Generic;
using System.Linq;

namespace IpMpsc.Generators.Models;

/// <summary>The schema text of a message, whose grammar is in docs/schema.md.</summary>
internal static class SchemaText
{
    /// <summary>One line for the message and one for each field, without line feeds.</summary>
    public static IEnumerable<string> Lines(string name, ushort id, ushort version, MessageLayout layout) =>
        Fields(layout.Fields, "  ").Prepend($"message {name} id {id} version {version} size {layout.Size}");

    private static IEnumerable<string> Fields(IEnumerable<FieldModel> fields, string indent) =>
        fields.SelectMany(field => Fields(field.Type.Members, indent + "  ")
            .Prepend($"{indent}{field.Name} {field.Type.SchemaName} @{field.Offset}{Since(field)}"));

    private static string Since(FieldModel field) =>
        field.Since > FieldModel.FirstVersion ? $" since {field.Since}" : "";
}
