using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Caching;

/// <summary>Answers, from names alone, which files of a compilation can decide what the declarations of a file mean.</summary>
/// <remarks>
/// Binding a declaration looks names up: those in the declaration, and those in whatever it finds. So the types that it can find
/// are among those with these names, wherever they are. Following names finds more files than following symbols,
/// never fewer, and needs no binding. After an edit, only what a search met before the edit can change its result.
/// </remarks>
internal sealed class Surroundings
{
    /// <summary>
    /// A file that can depend on more files than this counts as depending on all: to search further would cost more
    /// than to parse again.
    /// </summary>
    private const int MaxFiles = 128;

    private static readonly ConditionalWeakTable<Compilation, Surroundings> s_known = new();

    private readonly object _identity = new();
    private readonly ImmutableArray<SyntaxTree> _all;
    private readonly CompilationContext _context;
    private readonly Edit? _edit;
    private readonly string _namespaces;
    private readonly string _shared;
    private readonly string[] _sharedNames;
    private readonly Lazy<Dictionary<string, List<int>>> _declaring;

    private Surroundings(Compilation compilation, Surroundings? earlier)
    {
        ImmutableArray<SyntaxTree> all = compilation.SyntaxTrees.ToImmutableArray();
        _all = all;
        _edit = earlier?.EditTo(all);
        if (_edit is not null)
        {
            _namespaces = earlier!._namespaces;
            _shared = earlier._shared;
            _sharedNames = earlier._sharedNames;
        }
        else
        {
            TreeNames[] names = all.Select(TreeNames.Of).ToArray();
            _namespaces = string.Join("\n", new SortedSet<string>(names.SelectMany(tree => tree.Namespaces), StringComparer.Ordinal));
            _shared = string.Concat(names.Select(tree => tree.SharedText));
            _sharedNames = names.SelectMany(tree => tree.SharedNames).Distinct(StringComparer.Ordinal).ToArray();
        }

        _declaring = _edit is { KeepsTypes: true } ? earlier!._declaring : new(() => FindDeclarations(all));
        _context = CompilationContext.Of(compilation, _namespaces, _shared, earlier?._context);
    }

    /// <summary>The surroundings in a compilation.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="earlier">Those in an earlier state of it, if they are known: what an edit left is taken from there.</param>
    public static Surroundings Of(Compilation compilation, Surroundings? earlier = null) =>
        s_known.TryGetValue(compilation, out Surroundings? known)
            ? known
            : s_known.GetValue(compilation, key => new Surroundings(key, earlier));

    /// <summary>All that the declarations of a file depend on.</summary>
    public Dependencies DependenciesOf(SyntaxTree tree) => new(_context, Find(tree));

    /// <summary>All that the declarations of a file depend on, if it is known for other surroundings.</summary>
    /// <param name="tree">The file.</param>
    /// <param name="earlier">Other surroundings.</param>
    /// <param name="known">What they depend on there.</param>
    /// <returns>What is known, if it is still so.</returns>
    public Dependencies DependenciesOf(SyntaxTree tree, Surroundings earlier, Dependencies known)
    {
        if (_edit is null || !ReferenceEquals(_edit.Before, earlier._identity) || _edit.Concerns(known.Trees))
        {
            return DependenciesOf(tree);
        }

        return ReferenceEquals(known.Context, _context) ? known : new(_context, known.Trees);
    }

    private static Dictionary<string, List<int>> FindDeclarations(ImmutableArray<SyntaxTree> all)
    {
        var declaring = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (int place = 0; place < all.Length; place++)
        {
            foreach (string type in TreeNames.Of(all[place]).Types)
            {
                if (!declaring.TryGetValue(type, out List<int>? places))
                {
                    declaring.Add(type, places = new(1));
                }

                places.Add(place);
            }
        }

        return declaring;
    }

    // A type whose name all files mention concerns all of them, whatever was found for them.
    private Edit? EditTo(ImmutableArray<SyntaxTree> after) =>
        Edit.Between(_identity, _all, after) is { } edit && !edit.Adds(_sharedNames) ? edit : null;

    private ImmutableArray<SyntaxTree> Find(SyntaxTree tree)
    {
        var found = new List<SyntaxTree>(1) { tree };
        Add(_sharedNames, found);
        for (int next = 0; next < found.Count && found.Count <= MaxFiles; next++)
        {
            Add(TreeNames.Of(found[next]).Used, found);
        }

        return found.Count > MaxFiles ? _all : found.ToImmutableArray();
    }

    // The list stays short, and most files find only themselves: searching it costs less than a set would.
    private void Add(string[] names, List<SyntaxTree> found)
    {
        foreach (string name in names)
        {
            if (!_declaring.Value.TryGetValue(name, out List<int>? places))
            {
                continue;
            }

            foreach (int place in places)
            {
                if (found.Count <= MaxFiles && !found.Contains(_all[place]))
                {
                    found.Add(_all[place]);
                }
            }
        }
    }
}
