using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Caching;

/// <summary>The names in one file that decide what a declaration means. A syntax tree never changes, so they are read once.</summary>
internal sealed class TreeNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> s_known = new();

    private readonly HashSet<string> _attributes = new(StringComparer.Ordinal);
    private readonly List<TypeDeclarationSyntax> _attributed = [];
    private string[]? _used;

    private TreeNames(SyntaxTree tree)
    {
        Tree = tree;
        var unit = (CompilationUnitSyntax)tree.GetRoot();
        AddAliases(unit.Usings);
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            Declare(member, space: "");
        }

        SyntaxToken[] shared = unit.Usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
            .Concat<SyntaxNode>(unit.AttributeLists)
            .SelectMany(node => node.DescendantTokens())
            .ToArray();
        SharedText = string.Concat(shared.Select(token => token.Text + " "));
        SharedNames = shared.Length == 0 ? [] : Identifiers(shared);
        LikeGenerated = FindLikeGenerated(unit);
    }

    public SyntaxTree Tree { get; }

    /// <summary>The declarations of types that have an attribute.</summary>
    public IReadOnlyList<TypeDeclarationSyntax> Attributed => _attributed;

    /// <summary>Simple names of the types that the file declares, nested ones included.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>Full names of the namespaces that the file adds to.</summary>
    public HashSet<string> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>What the file says to all others: its global usings and the attributes of the assembly.</summary>
    public string SharedText { get; }

    /// <summary>The names in <see cref="SharedText"/>.</summary>
    public string[] SharedNames { get; }

    /// <summary>Every name outside of bodies of methods, also as the name of an attribute.</summary>
    public string[] Used => _used ??= Identifiers(Tree.GetRoot().DescendantTokens(
        node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax)));

    /// <summary>The names in the file that are like those of generated types and aliases.</summary>
    public string[] LikeGenerated { get; }

    public static TreeNames Of(SyntaxTree tree) => s_known.GetValue(tree, static key => new TreeNames(key));

    /// <summary>Whether the file says to all others, in namespaces, global usings and attributes, what another one says.</summary>
    public bool SaysToAllWhat(TreeNames other) => Namespaces.SetEquals(other.Namespaces) && SharedText == other.SharedText;

    /// <summary>Whether a type in the file may have an attribute.</summary>
    /// <param name="attribute">The simple name of the attribute.</param>
    /// <param name="isAliased">Whether it may have other names in all files.</param>
    public bool MayHave(string attribute, bool isAliased) =>
        _attributed.Count > 0 && (isAliased || _attributes.Contains(attribute));

    private void Declare(MemberDeclarationSyntax member, string space)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax inner:
                string name = $"{space}.{inner.Name}";
                Namespaces.Add(name);
                AddAliases(inner.Usings);
                foreach (MemberDeclarationSyntax next in inner.Members)
                {
                    Declare(next, name);
                }

                break;
            case BaseTypeDeclarationSyntax type:
                Types.Add(type.Identifier.ValueText);
                if (type is TypeDeclarationSyntax container)
                {
                    AddAttributes(container);
                    foreach (MemberDeclarationSyntax next in container.Members)
                    {
                        Declare(next, space);
                    }
                }

                break;
            case DelegateDeclarationSyntax type:
                Types.Add(type.Identifier.ValueText);
                break;
        }
    }

    // An attribute may be called by an alias; that it really is what the alias stands for is for the compiler to find out.
    private void AddAliases(SyntaxList<UsingDirectiveSyntax> directives)
    {
        foreach (UsingDirectiveSyntax directive in directives)
        {
            if (directive.Alias is not null)
            {
                _attributes.UnionWith(Identifiers(directive.DescendantTokens()));
            }
        }
    }

    private void AddAttributes(TypeDeclarationSyntax type)
    {
        if (type.AttributeLists.Count > 0)
        {
            _attributed.Add(type);
            _attributes.UnionWith(Identifiers(type.AttributeLists.SelectMany(list => list.Attributes).SelectMany(one => one.Name.DescendantTokens())));
        }
    }

    private static string[] FindLikeGenerated(CompilationUnitSyntax unit)
    {
        // Few files have such a name, and looking at each name of the others would cost more than all the rest here.
        string text = unit.SyntaxTree.GetText().ToString();
        return IsLikeGenerated(text) ? Identifiers(unit.DescendantTokens()).Where(IsLikeGenerated).ToArray() : [];
    }

    private static bool IsLikeGenerated(string name) =>
        name.IndexOf(GeneratedNames.Alias, StringComparison.Ordinal) >= 0 || name.IndexOf(GeneratedNames.Companion, StringComparison.Ordinal) >= 0;

    private static string[] Identifiers(IEnumerable<SyntaxToken> tokens)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxToken token in tokens)
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && names.Add(token.ValueText))
            {
                names.Add(token.ValueText + "Attribute");
            }
        }

        return [.. names];
    }
}
