using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace IpMpsc.Generators.Models;

/// <summary>The schema text of a message, whose grammar is in docs/schema.md.</summary>
internal static class SchemaText
{
    /// <summary>The line of the message, one for each field, and the definitions; without line feeds.</summary>
    public static IEnumerable<string> Lines(string name, ushort id, ushort version, MessageLayout layout) =>
        layout.Fields.Select(Field)
            .Prepend($"message {name} id {id} version {version} size {layout.Size}")
            .Concat(Mentioned(layout.Fields.Select(field => field.Type)).SelectMany(LinesOf));

    /// <summary>How another message defines one that lies in its fixed block, with all that it mentions.</summary>
    public static EquatableArray<string> DefineStruct(string name, MessageLayout layout) =>
        Define($"struct {name} size {layout.Size}", layout);

    /// <summary>How another message defines one that lies behind its fixed block, with all that it mentions.</summary>
    public static EquatableArray<string> DefineNested(string name, ushort version, MessageLayout layout) =>
        Define($"nested {name} version {version} size {layout.Size}", layout);

    /// <summary>The definition of an enum.</summary>
    public static string DefineEnum(string name, string number, IEnumerable<string> members) =>
        string.Concat(members.Select(member => $"  {member}\n").Prepend($"enum {name} {number}\n"));

    /// <summary>The definitions of a message that was compiled into another assembly, from its own schema text.</summary>
    public static EquatableArray<string> DefineFrom(string schema, string head)
    {
        List<string> definitions = [];
        foreach (string line in schema.Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("  ", StringComparison.Ordinal))
            {
                definitions[definitions.Count - 1] += line + "\n";
            }
            else
            {
                definitions.Add((definitions.Count == 0 ? head : line) + "\n");
            }
        }

        return new(definitions.ToImmutableArray());
    }

    /// <summary>The definitions that types mention, each where it is mentioned first.</summary>
    public static EquatableArray<string> Mentioned(IEnumerable<FieldType> types) =>
        new(types.SelectMany(type => type.Definitions).Distinct().ToImmutableArray());

    private static EquatableArray<string> Define(string head, MessageLayout layout) =>
        new(Mentioned(layout.Fields.Select(field => field.Type))
            .Prepend(string.Concat(layout.Fields.Select(field => Field(field) + "\n").Prepend(head + "\n")))
            .ToImmutableArray());

    private static string Field(FieldModel field) =>
        $"  {field.Name} {field.Type.SchemaName} @{field.Offset}{(field.Since > FieldModel.FirstVersion ? $" since {field.Since}" : "")}";

    private static IEnumerable<string> LinesOf(string definition) =>
        definition.Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries);
}
