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
/// <param name="Form">How it lies in other messages.</param>
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
    MessageLayout Layout,
    StoredForm Form)
{
    /// <summary>The attribute with which its author calls it, or a type around it, obsolete; or an empty text.</summary>
    public string Obsolete { get; init; } = "";

    /// <summary>
    /// The arguments of the constructor that a constructor for reading must call, or an empty text; null if reading needs no
    /// constructor, because it sets every required member.
    /// </summary>
    public string? ReadingConstructor { get; init; }

    /// <summary>Whether only its interface can be generated, because the names of all else are taken or the language is too old.</summary>
    public bool IsShell { get; init; }

    /// <summary>Extern aliases that its file needs.</summary>
    public EquatableArray<string> Aliases { get; init; }

    /// <summary>Diagnostics of experimental types and members that its file uses.</summary>
    public EquatableArray<string> Experiments { get; init; }

    /// <summary>Start of the names of the types that are generated beside the message.</summary>
    public string CompanionPrefix => string.Concat(
        ContainingTypes.Select(type => type.Identifier + "_").Append(Identifier)).Replace("@", "");
}
