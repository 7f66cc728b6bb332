using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

internal static class AttributeTargetExtensions
{
    /// <summary>
    /// Whether the declaration is the first of its type with the attribute. A second one, on another partial
    /// declaration, is the compiler's error to report; to generate the same file twice would bury it under
    /// one of the generator.
    /// </summary>
    public static bool IsFirstWith(this GeneratorAttributeSyntaxContext target, string attribute) =>
        target.TargetSymbol.FindAttribute(attribute)?.ApplicationSyntaxReference is { } first
        && first.SyntaxTree == target.TargetNode.SyntaxTree
        && target.TargetNode.FullSpan.Contains(first.Span);
}
