using System;
using System.Collections.Generic;
using System.Composition;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Messages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>Puts the fields of a message into the order in which they need no padding.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReorderFields))]
[Shared]
public sealed class ReorderFields() : DeclarationFix("Reorder the fields", PaddingHoles.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } message
            || !diagnostic.Properties.TryGetValue(PaddingHoles.Order, out string? order))
        {
            return null;
        }

        List<string> names = order!.Split(',').ToList();
        MemberDeclarationSyntax[] fields = message.Members
            .Where(member => member.FieldNames().Any(names.Contains))
            .ToArray();

        // This cannot split a declaration of several fields, or a primary constructor.
        return fields.Length == names.Count && fields.All(field => field.FieldNames().Count() == 1)
            ? new Replacement(message, () => Reorder(message, fields, names))
            : null;
    }

    // Only the fields change places. Other members stay where they are.
    private static SyntaxNode Reorder(TypeDeclarationSyntax message, MemberDeclarationSyntax[] fields, List<string> names)
    {
        MemberDeclarationSyntax[] ordered = fields.OrderBy(field => names.IndexOf(field.FieldNames().Single())).ToArray();
        return message.ReplaceNodes(fields, (field, _) => WithEmptyLinesOf(field, ordered[Array.IndexOf(fields, field)]));
    }

    // A comment moves with its field; the empty lines above it stay.
    private static MemberDeclarationSyntax WithEmptyLinesOf(MemberDeclarationSyntax place, MemberDeclarationSyntax field) =>
        field.WithLeadingTrivia(
            EmptyLines(place).Concat(field.GetLeadingTrivia().Skip(EmptyLines(field).Count())));

    private static IEnumerable<SyntaxTrivia> EmptyLines(MemberDeclarationSyntax field) =>
        field.GetLeadingTrivia().TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
