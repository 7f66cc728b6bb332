using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace IpMpsc.Generators.Caching;

/// <summary>The names in one file that decide what a declaration means. A syntax tree never changes, so they are read once.</summary>
internal sealed class TreeNames
{
    private static readonly ConditionalWeakTable<SyntaxTree, TreeNames> s_known = new();

    private readonly SyntaxTree _tree;
    private readonly HashSet<string> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _namespaces = new(StringComparer.Ordinal);
    private string[]? _used;

    private TreeNames(SyntaxTree tree)
    {
        _tree = tree;
        var unit = (CompilationUnitSyntax)tree.GetRoot();
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            Declare(member, space: "");
        }

        SyntaxNode[] shared =
        [
            .. unit.Usings.Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)),
            .. unit.AttributeLists,
        ];
        SharedText = string.Concat(shared.Select(node => node.ToString() + "\n"));
        SharedNames = shared.Length == 0 ? [] : Identifiers(shared.SelectMany(node => node.DescendantTokens()));
    }

    /// <summary>Simple names of the types that the file declares, nested ones included.</summary>
    public IEnumerable<string> Types => _types;

    /// <summary>Full names of the namespaces that the file adds to.</summary>
    public IEnumerable<string> Namespaces => _namespaces;

    /// <summary>What the file says to all others: its global usings and the attributes of the assembly.</summary>
    public string SharedText { get; }

    /// <summary>The names in <see cref="SharedText"/>.</summary>
    public string[] SharedNames { get; }

    /// <summary>Every name outside of bodies of methods, also as the name of an attribute.</summary>
    public string[] Used => _used ??= Identifiers(_tree.GetRoot().DescendantTokens(
        node => node is not (BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax)));

    public static TreeNames Of(SyntaxTree tree) => s_known.GetValue(tree, key => new TreeNames(key));

    private void Declare(MemberDeclarationSyntax member, string space)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax inner:
                string name = $"{space}.{inner.Name}";
                _namespaces.Add(name);
                foreach (MemberDeclarationSyntax next in inner.Members)
                {
                    Declare(next, name);
                }

                break;
            case BaseTypeDeclarationSyntax type:
                _types.Add(type.Identifier.ValueText);
                foreach (MemberDeclarationSyntax next in type is TypeDeclarationSyntax container ? container.Members : default)
                {
                    Declare(next, space);
                }

                break;
            case DelegateDeclarationSyntax type:
                _types.Add(type.Identifier.ValueText);
                break;
        }
    }

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
