using System;
using System.Collections.Generic;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Parsing;

internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat s_fullName = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    public static AttributeData? FindAttribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute =>
            attribute.AttributeClass is { } type
            && fullName.EndsWith(type.Name, StringComparison.Ordinal) // the rest is expensive, and asked of every type
            && type.FullName() == fullName);

    public static bool IsChannelMessage(this ISymbol symbol) =>
        symbol.FindAttribute(KnownNames.ChannelMessage) is not null;

    public static bool IsInSystem(this INamedTypeSymbol type) =>
        type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    /// <summary>Whether the type is declared in a namespace, and not within another type.</summary>
    public static bool IsIn(this INamedTypeSymbol type, string space) =>
        type.ContainingType is null && type.ContainingNamespace?.ToDisplayString() == space;

    /// <summary>The attribute with which its author calls it obsolete, as source; empty if it is not.</summary>
    public static string ObsoleteInSource(this ISymbol symbol)
    {
        if (symbol.FindAttribute(KnownNames.Obsolete) is not { } attribute)
        {
            return "";
        }

        string arguments = string.Join(", ", attribute.ConstructorArguments.Select(argument => argument.ToCSharpString()));
        return $"[global::System.Obsolete({arguments})]";
    }

    /// <summary>Namespace, containing types and name, separated by dots and without any escapes.</summary>
    public static string FullName(this ISymbol symbol) => symbol.ToDisplayString(s_fullName);

    /// <summary>The name with which any source can refer to the type.</summary>
    public static string SourceName(this ITypeSymbol type) =>
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static IEnumerable<TypeDeclarationSyntax> Declarations(this INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax()).OfType<TypeDeclarationSyntax>();

    /// <summary>The type itself, then the types it is nested in, from the inside out.</summary>
    public static IEnumerable<INamedTypeSymbol> SelfAndContainingTypes(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            yield return current;
        }
    }

    /// <summary>Whether a generator wrote it: analyzers see a type with its generated part.</summary>
    public static bool IsGenerated(this ISymbol symbol) =>
        symbol.NamePosition().SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    /// <summary>Where to point at a symbol: the first of its names in source.</summary>
    public static Location NamePosition(this ISymbol symbol) => symbol.Locations.FirstOrDefault() ?? Location.None;
}
