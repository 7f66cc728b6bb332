using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>A struct marked as a message, with all that follows from its source, computed once.</summary>
internal sealed class MessageDeclaration(INamedTypeSymbol type) : IDeclaration
{
    private readonly System.Lazy<MessageLayout?> _layout = new(() => Layouts.Of(type), isThreadSafe: false);

    public INamedTypeSymbol Type => type;

    public string Name => type.Name;

    /// <summary>The fields in declaration order.</summary>
    public ImmutableArray<MessageMember> Members { get; } = MessageMember.Of(type).ToImmutableArray();

    public MessageIdentity Identity { get; } = MessageIdentity.Of(type);

    /// <summary>The fixed block; null if a field has a type that cannot be sent.</summary>
    public MessageLayout? Layout => _layout.Value;
}
