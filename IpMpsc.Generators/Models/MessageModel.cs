using System.Linq;

namespace IpMpsc.Generators.Models;

/// <summary>All that the emitter needs to know about a message.</summary>
/// <param name="Namespace">As C# source spells it; empty for the global one.</param>
/// <param name="ContainingTypes">From the outermost to the innermost.</param>
/// <param name="Keyword"><c>struct</c> or <c>record struct</c>.</param>
/// <param name="Identifier">The name, as C# source spells it.</param>
/// <param name="TypeName">The fully qualified C# name.</param>
/// <param name="FullName">The name in C#, without any escapes.</param>
/// <param name="SchemaName">The name in the schema.</param>
/// <param name="Accessibility">Keyword for what lies beside it; empty if nothing beside it may name it.</param>
/// <param name="HasStructLayout">Whether the source has a StructLayout attribute already.</param>
/// <param name="Id">Id that each record carries.</param>
/// <param name="Version">Version that each record carries.</param>
/// <param name="Layout">The fields, in declaration order, and where they lie.</param>
internal sealed record MessageModel(
    string Namespace,
    EquatableArray<ContainingType> ContainingTypes,
    string Keyword,
    string Identifier,
    string TypeName,
    string FullName,
    string SchemaName,
    string Accessibility,
    bool HasStructLayout,
    ushort Id,
    ushort Version,
    MessageLayout Layout)
{
    /// <summary>Start of the names of the types that are generated beside the message.</summary>
    public string CompanionPrefix => string.Concat(
        ContainingTypes.Select(type => type.Identifier + "_").Append(Identifier)).Replace("@", "");
}
