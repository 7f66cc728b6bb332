namespace IpMpsc.Generators.Models;

/// <summary>All that the emitter needs to know about a protocol.</summary>
/// <param name="Namespace">As C# source spells it; empty for the global one.</param>
/// <param name="ContainingTypes">From the outermost to the innermost.</param>
/// <param name="Keyword"><c>class</c> or <c>record</c>.</param>
/// <param name="Identifier">The name, as C# source spells it.</param>
/// <param name="FullName">The name without any escapes.</param>
/// <param name="Accessibility">Keyword for what is generated into it, which names the messages.</param>
/// <param name="Messages">The messages in the order of the attribute.</param>
internal sealed record ProtocolModel(
    string Namespace,
    EquatableArray<ContainingType> ContainingTypes,
    string Keyword,
    string Identifier,
    string FullName,
    string Accessibility,
    EquatableArray<ProtocolMessage> Messages)
{
    /// <summary>The attribute with which the author of a message calls it obsolete; or an empty text.</summary>
    public string Obsolete { get; init; } = "";

    /// <summary>Extern aliases that its file needs.</summary>
    public EquatableArray<string> Aliases { get; init; }

    /// <summary>Diagnostics of experimental types that its file uses.</summary>
    public EquatableArray<string> Experiments { get; init; }
}
