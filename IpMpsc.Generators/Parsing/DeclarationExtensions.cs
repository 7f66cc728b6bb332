using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;
using IpMpsc.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Parsing;

/// <summary>How generated source continues the declaration of a type.</summary>
internal static class DeclarationExtensions
{
    private static readonly SymbolDisplayFormat s_namespaceInSource = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>Whether every declaration of the type is partial.</summary>
    public static bool IsPartial(this INamedTypeSymbol type) =>
        type.Declarations().All(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The version of C# in which the type is declared; null for a type of another assembly.</summary>
    public static LanguageVersion? LanguageVersion(this INamedTypeSymbol type) => type.DeclaringSyntaxReferences
        .Select(reference => (reference.SyntaxTree.Options as CSharpParseOptions)?.LanguageVersion)
        .FirstOrDefault();

    /// <summary>Whether another file can continue the declaration of the type.</summary>
    public static bool IsContinuable(this INamedTypeSymbol named) => named.SelfAndContainingTypes()
        .All(type => type.IsPartial() && !type.IsFileLocal && type.TypeParameters.IsEmpty);

    /// <summary>The namespace as C# source spells it; empty for the global one.</summary>
    public static string NamespaceInSource(this INamedTypeSymbol type) =>
        type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(s_namespaceInSource);

    /// <summary>
    /// Whether the source documents the symbol. A build that ignores documentation finds none; nobody would see what is inherited.
    /// </summary>
    public static bool IsDocumented(this ISymbol symbol) => symbol.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax().FirstAncestorOrSelf<MemberDeclarationSyntax>())
        .Any(declaration => declaration?.GetLeadingTrivia().Any(trivia => trivia.GetStructure() is DocumentationCommentTriviaSyntax) == true);

    public static string DeclarationKeyword(this INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (TypeKind.Interface, _) => "interface",
        (_, true) => "record",
        (_, false) => "class",
    };

    /// <summary>The types that a type is declared in, from the outermost to the innermost.</summary>
    public static EquatableArray<ContainingType> ContainingTypesInSource(this INamedTypeSymbol nested) =>
        new(nested.SelfAndContainingTypes().Skip(1).Reverse()
            .Select(type => new ContainingType(type.DeclarationKeyword(), Identifiers.Escape(type.Name)))
            .ToImmutableArray());

    /// <summary>
    /// The keyword for a type of the namespace that names this one; empty if something around it is
    /// private or protected, so that none can.
    /// </summary>
    public static string EffectiveAccessibility(this INamedTypeSymbol named)
    {
        string result = "public";
        foreach (INamedTypeSymbol type in named.SelfAndContainingTypes())
        {
            switch (type.DeclaredAccessibility)
            {
                case Accessibility.Public:
                    break;
                case Accessibility.Internal or Accessibility.ProtectedOrInternal:
                    result = "internal";
                    break;
                default:
                    return "";
            }
        }

        return result;
    }
}
