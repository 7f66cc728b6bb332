using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>A class marked as a protocol, and what its attribute lists.</summary>
internal sealed class ProtocolDeclaration(INamedTypeSymbol type, Compilation compilation) : IDeclaration
{
    public INamedTypeSymbol Type => type;

    public string Name => type.Name;

    /// <summary>Everything that is listed, including what is not a message.</summary>
    public ImmutableArray<ITypeSymbol?> Listed { get; } =
        type.FindAttribute(KnownNames.ChannelProtocol)?.ConstructorArguments.FirstOrDefault() is
            { Kind: TypedConstantKind.Array, IsNull: false } types
            ? types.Values.Select(listed => listed.Value as ITypeSymbol).ToImmutableArray()
            : ImmutableArray<ITypeSymbol?>.Empty;

    /// <summary>The listed types that are marked as messages, each once.</summary>
    public ImmutableArray<MessageDeclaration> Messages => _messages ??= Listed
        .OfType<INamedTypeSymbol>()
        .Where(listed => listed.IsChannelMessage())
        .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
        .Select(listed => new MessageDeclaration(listed, _names))
        .ToImmutableArray();

    /// <summary>The messages that generated code can send: those without a mistake that is told elsewhere.</summary>
    public IEnumerable<MessageDeclaration> Sendable => Messages.Where(message =>
        message.Type.TypeKind == TypeKind.Struct && message.Form is not null && message.Type.EffectiveAccessibility().Length > 0);

    /// <inheritdoc cref="TypeNames.Aliases"/>
    public EquatableArray<string> Aliases => _names.Aliases;

    /// <inheritdoc cref="TypeNames.Experiments"/>
    public EquatableArray<string> Experiments => _names.Experiments;

    /// <summary>The C# name of a message.</summary>
    public string NameOf(MessageDeclaration message) => _names.Of(message.Type);

    /// <summary>The name of a message in the protocol: two of one name in different namespaces are told apart by their full names.</summary>
    public string NameWithin(MessageDeclaration message) =>
        Messages.Count(other => other.Name == message.Name) == 1 ? message.Name : message.Type.FullName().Replace('.', '_');

    private readonly TypeNames _names = new(compilation);
    private ImmutableArray<MessageDeclaration>? _messages;
}
