using System;
using System.Collections.Concurrent;
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
/// never fewer, and needs no binding.
/// </remarks>
internal sealed class Surroundings
{
    /// <summary>
    /// A file that can depend on more files than this counts as depending on all: to search further would cost more
    /// than to parse again.
    /// </summary>
    private const int MaxFiles = 128;

    private static readonly ConditionalWeakTable<Compilation, Surroundings> s_known = new();

    private readonly ConcurrentDictionary<SyntaxTree, Dependencies> _found = new();
    private readonly Dictionary<string, List<SyntaxTree>> _declaring = new(StringComparer.Ordinal);
    private readonly ImmutableArray<SyntaxTree> _all;
    private readonly ImmutableArray<string> _sharedNames;
    private readonly CompilationContext _context;

    private Surroundings(Compilation compilation)
    {
        _all = compilation.SyntaxTrees.ToImmutableArray();
        var namespaces = new SortedSet<string>(StringComparer.Ordinal);
        var shared = new List<string>();
        var sharedNames = new HashSet<string>(StringComparer.Ordinal);
        foreach (SyntaxTree tree in _all)
        {
            TreeNames names = TreeNames.Of(tree);
            namespaces.UnionWith(names.Namespaces);
            sharedNames.UnionWith(names.SharedNames);
            if (names.SharedText.Length > 0)
            {
                shared.Add(names.SharedText);
            }

            foreach (string type in names.Types)
            {
                if (!_declaring.TryGetValue(type, out List<SyntaxTree>? trees))
                {
                    _declaring.Add(type, trees = []);
                }

                trees.Add(tree);
            }
        }

        _sharedNames = sharedNames.ToImmutableArray();
        _context = CompilationContext.Of(compilation, string.Join("\n", namespaces), string.Concat(shared));
    }

    public static Surroundings Of(Compilation compilation) => s_known.GetValue(compilation, key => new Surroundings(key));

    /// <summary>All that the declarations of a file depend on.</summary>
    public Dependencies DependenciesOf(SyntaxTree tree) => _found.GetOrAdd(tree, Find);

    private Dependencies Find(SyntaxTree tree)
    {
        var found = new List<SyntaxTree>(1) { tree };
        Add(_sharedNames.AsSpan(), found);
        for (int next = 0; next < found.Count && found.Count <= MaxFiles; next++)
        {
            Add(TreeNames.Of(found[next]).Used, found);
        }

        return new Dependencies(_context, found.Count > MaxFiles ? _all : found.ToImmutableArray());
    }

    // The list stays short, and most files find only themselves: searching it costs less than a set would.
    private void Add(ReadOnlySpan<string> names, List<SyntaxTree> found)
    {
        foreach (string name in names)
        {
            if (!_declaring.TryGetValue(name, out List<SyntaxTree>? trees))
            {
                continue;
            }

            foreach (SyntaxTree tree in trees)
            {
                if (found.Count <= MaxFiles && !found.Contains(tree))
                {
                    found.Add(tree);
                }
            }
        }
    }
}
