using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Caching;

/// <summary>
/// The names in a compilation that are like those of generated types and aliases: anything of such a name could be found in their
/// place, wherever it is declared. Most compilations have none.
/// </summary>
internal static class TakenNames
{
    public static EquatableArray<string> In(Compilation compilation)
    {
        SortedSet<string>? taken = null;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (TreeNames.Of(tree).LikeGenerated is { Length: > 0 } names)
            {
                (taken ??= new(StringComparer.Ordinal)).UnionWith(names);
            }
        }

        return taken is null ? default : new(taken.ToImmutableArray());
    }
}
