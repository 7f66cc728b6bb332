namespace IpMpsc.Generators.Models;

/// <summary>A field of a message.</summary>
/// <param name="Name">Its name, as the schema spells it.</param>
/// <param name="Identifier">Its name, as C# source spells it.</param>
/// <param name="Accessibility">C# keywords; empty for a private field, which only the struct itself knows.</param>
/// <param name="Type">What the wire format knows about its type.</param>
/// <param name="Offset">Bytes from the start of the fixed block.</param>
/// <param name="Since">The version of the message that introduced it.</param>
internal sealed record FieldModel(
    string Name,
    string Identifier,
    string Accessibility,
    FieldType Type,
    int Offset,
    ushort Since)
{
    /// <summary>The version of a field that was there from the beginning.</summary>
    public const ushort FirstVersion = 1;

    /// <summary>The attribute with which its author calls it obsolete, or an empty text.</summary>
    public string Obsolete { get; init; } = "";

    /// <summary>Whether it is a field, to which a reference can be made.</summary>
    public bool IsField { get; init; }

    /// <summary>Whether its author documented it, so that there is something to show of it elsewhere.</summary>
    public bool IsDocumented { get; init; }

    public bool IsVisible => Accessibility.Length > 0;
}
