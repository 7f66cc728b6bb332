using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Parsing;

/// <summary>What the attribute of a message says about it.</summary>
/// <param name="Name">The name in the schema; that of the type if the attribute states none that a schema can hold.</param>
/// <param name="Id">The id that each record carries.</param>
/// <param name="Version">The version that each record carries.</param>
internal sealed record MessageIdentity(string Name, ushort Id, ushort Version)
{
    /// <summary>The name that the attribute states, or that of the type.</summary>
    public string StatedName { get; init; } = Name;

    /// <summary>Whether it may gain fields after others contain it, although it has no variable ones.</summary>
    public bool CanGrow { get; init; }

    public static MessageIdentity Of(INamedTypeSymbol message)
    {
        AttributeData? attribute = message.FindAttribute(KnownNames.ChannelMessage);
        string stated = Argument(attribute, "Name") as string ?? message.FullName();
        string name = stated.Split('.').All(SyntaxFacts.IsValidIdentifier) ? stated : message.FullName();
        ushort id = StatedId(attribute) ?? MessageId.Derive(name);
        return new MessageIdentity(name, id, Argument(attribute, "Version") as ushort? ?? FieldModel.FirstVersion)
        {
            StatedName = stated,
            CanGrow = Argument(attribute, "CanGrow") is true,
        };
    }

    /// <summary>The id that the attribute states; null if it is to be derived, or the type is not a message.</summary>
    public static ushort? StatedId(INamedTypeSymbol type) => StatedId(type.FindAttribute(KnownNames.ChannelMessage));

    private static ushort? StatedId(AttributeData? attribute) => Argument(attribute, "Id") is ushort and not 0 and var id ? id : null;

    private static object? Argument(AttributeData? attribute, string name) =>
        attribute?.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;
}
