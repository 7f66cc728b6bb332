using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.CodeFixes;

/// <summary>What code fixes ask about the source that they change.</summary>
internal static class SyntaxExtensions
{
    /// <summary>The line end that the file uses.</summary>
    public static SyntaxTrivia LineEnd(this SyntaxNode node) =>
        node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is
            { RawKind: not 0 } found
            ? found
            : SyntaxFactory.LineFeed;

    /// <summary>The white space in front of a node on its line.</summary>
    public static SyntaxTrivia Indentation(this SyntaxNode node) =>
        node.GetLeadingTrivia().LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } space
            ? space
            : SyntaxFactory.Whitespace("");

    /// <summary>The names of the fields or the property that a member declares.</summary>
    public static IEnumerable<string> FieldNames(this MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field when !field.Modifiers.Any(SyntaxKind.ConstKeyword) =>
            field.Declaration.Variables.Select(variable => variable.Identifier.ValueText),
        PropertyDeclarationSyntax property => [property.Identifier.ValueText],
        _ => [],
    };

    /// <summary>The last name of an attribute, without the ending that may be left out.</summary>
    public static string ShortName(this AttributeSyntax attribute)
    {
        const string Ending = nameof(Attribute);
        string name = attribute.Name.ToString().Split('.', ':').Last();
        return name.EndsWith(Ending, StringComparison.Ordinal) ? name.Substring(0, name.Length - Ending.Length) : name;
    }
}
