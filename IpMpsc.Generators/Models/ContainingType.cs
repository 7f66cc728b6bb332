using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>A type that a nested type is declared in.</summary>
/// <param name="Keyword"><c>class</c>, <c>record struct</c> and the like.</param>
/// <param name="Identifier">Its name, as C# source spells it.</param>
internal sealed record ContainingType(string Keyword, string Identifier)
{
    /// <summary>Continues the type, so that something can be declared in it.</summary>
    public string Declaration => $"partial {Keyword} {Identifier}";

    /// <summary>From the outermost to the innermost.</summary>
    public static EquatableArray<ContainingType> Of(INamedTypeSymbol nested) =>
        new(nested.SelfAndContainingTypes().Skip(1).Reverse()
            .Select(type => new ContainingType(type.DeclarationKeyword(), Identifiers.Escape(type.Name)))
            .ToImmutableArray());
}
