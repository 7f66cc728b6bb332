using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>An instance field of a message, or the auto-property whose storage it is. Never outlives a parse.</summary>
internal readonly struct MessageMember(IFieldSymbol storage)
{
    public IFieldSymbol Storage => storage;

    /// <summary>What the author of the message wrote.</summary>
    public ISymbol Symbol => storage.AssociatedSymbol ?? storage;

    public string Name => storage.AssociatedSymbol?.Name ?? PropertyOfBackingField(storage.Name) ?? storage.Name;

    /// <summary>Whether source can name it: a property that implements an interface explicitly has no name of its own.</summary>
    public bool HasName => Symbol is not IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false };

    public ITypeSymbol Type => storage.Type;

    /// <summary>The version of the message that introduced it.</summary>
    public ushort Since =>
        Symbol.FindAttribute(KnownNames.Since)?.ConstructorArguments.FirstOrDefault().Value as ushort?
            ?? FieldModel.FirstVersion;

    /// <summary>Whether the author said since when it is there.</summary>
    public bool IsMarkedSince => Symbol.FindAttribute(KnownNames.Since) is not null;

    /// <summary>Whether a text is to be sent as UTF-16.</summary>
    public bool IsUtf16 => Symbol.FindAttribute(KnownNames.Utf16) is not null;

    /// <summary>Whether an object initializer within the struct can set it.</summary>
    public bool IsSettable => Symbol is IPropertySymbol property ? property.SetMethod is not null : !storage.IsReadOnly;

    /// <summary>Whether a property of the message keeps its value in it.</summary>
    // By name: a partial property has two symbols, of which its storage knows one.
    public bool IsStorageOf(IPropertySymbol property) =>
        storage.AssociatedSymbol is IPropertySymbol own && own.Name == property.Name;

    public static IEnumerable<MessageMember> Of(INamedTypeSymbol message) =>
        message.GetMembers().OfType<IFieldSymbol>()
            .Where(field => !field.IsStatic && !field.IsConst)
            .Select(field => new MessageMember(field));

    // A struct of another assembly shows its storage, but not which property it belongs to.
    private static string? PropertyOfBackingField(string name)
    {
        int end = name.IndexOf(">k__BackingField", System.StringComparison.Ordinal);
        return name[0] == '<' && end > 0 ? name.Substring(1, end - 1) : null;
    }
}
