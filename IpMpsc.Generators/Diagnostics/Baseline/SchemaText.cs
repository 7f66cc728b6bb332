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
        if (!MessageRule.AllowGeneration(message)
            || MessageLayout.Compute(message, FieldTypes.Resolve) is not { } layout)
        {
            return null;
        }

        AttributeData attribute = message.FindAttribute(KnownNames.ChannelMessage)!;
        string name = Setting(attribute, "Name") as string ?? message.FullName();
        int id = Setting(attribute, "Id") is ushort and not 0 and var stated ? (ushort)stated : MessageId.Derive(name);
        Dictionary<string, int> versions = MessageMember.Of(message)
            .ToDictionary(member => member.Name, member => MessageVersion.Since(member.Symbol));

        IEnumerable<string> lines = Fields(layout.Fields, "  ", field => Since(versions[field.Name]))
            .Prepend($"message {name} id {id} version {MessageVersion.Of(message)} size {layout.Size}");
        return string.Concat(lines.Select(line => line + "\n"));
    }

    // A message with versions cannot be nested, so only the outermost fields have any.
    private static IEnumerable<string> Fields(
        IEnumerable<FieldModel> fields, string indent, System.Func<FieldModel, string> since) =>
        fields.SelectMany(field => Fields(field.Type.Members, indent + "  ", _ => "")
            .Prepend($"{indent}{field.Name} {field.Type.SchemaName} @{field.Offset}{since(field)}"));

    private static string Since(int version) => version > 1 ? $" since {version}" : "";

    private static object? Setting(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
