using System.Collections.Generic;
using System.Composition;
using System.Globalization;
using System.Linq;
using IpMpsc.Generators.Diagnostics.Baseline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.CodeFixes;

/// <summary>Marks the new fields of a message with the next version, and raises the version of the message to it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddSince))]
[Shared]
public sealed class AddSince() : DeclarationFix("Mark the new fields with the next version", FieldWithoutSince.Id)
{
    private protected override Replacement? Prepare(SyntaxNode node, Diagnostic diagnostic)
    {
        if (node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } field
            || field.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } message
            || field == message
            || !diagnostic.Properties.TryGetValue(FieldWithoutSince.Version, out string? text))
        {
            return null;
        }

        // All of them: behind a field with a version, one without is a mistake of another kind.
        int version = int.Parse(text!, CultureInfo.InvariantCulture);
        HashSet<string> names = [.. diagnostic.Properties[FieldWithoutSince.Fields]!.Split(',')];
        List<SyntaxNode> changed = [.. message.Members.Where(member => member.FieldNames().Any(names.Contains)), .. Attributes(message, "ChannelMessage")];
        return new Replacement(message, () => message.ReplaceNodes(changed, (_, current) => current is MemberDeclarationSyntax member
            ? WithSince(member, version)
            : WithVersion((AttributeSyntax)current, version)));
    }

    private static MemberDeclarationSyntax WithSince(MemberDeclarationSyntax field, int version)
    {
        AttributeArgumentListSyntax arguments = SyntaxFactory.ParseAttributeArgumentList($"({version})")!;
        if (Attributes(field, "Since").FirstOrDefault() is { } since)
        {
            return field.ReplaceNode(since, since.WithArgumentList(arguments));
        }

        AttributeListSyntax added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(
            SyntaxFactory.Attribute(SyntaxFactory.IdentifierName("Since"), arguments)));
        return field.WithoutLeadingTrivia().WithAttributeLists(field.AttributeLists.Insert(
            0, added.WithLeadingTrivia(field.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space)));
    }

    private static AttributeSyntax WithVersion(AttributeSyntax attribute, int version)
    {
        AttributeArgumentSyntax argument = SyntaxFactory
            .ParseAttributeArgumentList($"(Version = {version})")!.Arguments[0];
        AttributeArgumentSyntax? stated = attribute.ArgumentList?.Arguments
            .FirstOrDefault(other => other.NameEquals?.Name.Identifier.ValueText == "Version");
        if (stated is not null)
        {
            return attribute.ReplaceNode(stated, argument.WithTriviaFrom(stated));
        }

        // Parsed anew, because a list that grows by hand grows without the space behind its comma.
        string before = string.Concat(attribute.ArgumentList?.Arguments.Select(other => other + ", ") ?? []);
        return attribute.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({before}{argument})"));
    }

    private static IEnumerable<AttributeSyntax> Attributes(MemberDeclarationSyntax member, string name) =>
        member.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.ShortName() == name);
}
