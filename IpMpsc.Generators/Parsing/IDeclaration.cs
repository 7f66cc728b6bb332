using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>A type whose attribute asks for generated code. Never outlives a parse.</summary>
internal interface IDeclaration
{
    INamedTypeSymbol Type { get; }
}
