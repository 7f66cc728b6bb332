using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>The types that the attribute of a protocol lists.</summary>
internal static class ProtocolMessages
{
    public static ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol protocol) =>
        Listed(protocol).OfType<INamedTypeSymbol>().ToImmutableArray();

    /// <summary>All that is listed, also what is no message.</summary>
    public static ImmutableArray<ITypeSymbol?> Listed(INamedTypeSymbol protocol) =>
        protocol.FindAttribute(KnownNames.ChannelProtocol)?.ConstructorArguments.FirstOrDefault() is
            { Kind: TypedConstantKind.Array, IsNull: false } types
            ? types.Values.Select(type => type.Value as ITypeSymbol).ToImmutableArray()
            : ImmutableArray<ITypeSymbol?>.Empty;
}
