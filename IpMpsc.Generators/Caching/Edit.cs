using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Caching;

/// <summary>An edit of a few files that changes nothing of what they say to all others.</summary>
internal sealed class Edit
{
    /// <summary>More files than somebody edits at once: each is compared with all that the declarations of a file depend on.</summary>
    private const int MaxFiles = 8;

    private readonly List<SyntaxTree> _replaced = [];
    private readonly HashSet<string> _newTypes = new(StringComparer.Ordinal);

    private Edit(object before)
    {
        Before = before;
    }

    /// <summary>Identifies the files that were edited.</summary>
    public object Before { get; }

    /// <summary>Whether each file declares types of the same names as before.</summary>
    public bool KeepsTypes { get; private set; } = true;

    /// <summary>The edit that leads from some files to others; null if they differ in more.</summary>
    /// <param name="identity">Identifies the files before the edit.</param>
    /// <param name="before">The files before the edit.</param>
    /// <param name="after">The files after it, each in its old place.</param>
    public static Edit? Between(object identity, ImmutableArray<SyntaxTree> before, ImmutableArray<SyntaxTree> after)
    {
        if (before.Length != after.Length)
        {
            return null;
        }

        var edit = new Edit(identity);
        for (int place = 0; place < before.Length; place++)
        {
            if (!ReferenceEquals(before[place], after[place]) && !edit.TryReplace(before[place], after[place]))
            {
                return null;
            }
        }

        return edit;
    }

    /// <summary>Whether a type of one of these names appears in a file that declared none.</summary>
    public bool Adds(string[] names) => _newTypes.Count > 0 && names.Any(_newTypes.Contains);

    /// <summary>Whether it can change what was found by following the names in these files.</summary>
    public bool Concerns(ImmutableArray<SyntaxTree> found)
    {
        foreach (SyntaxTree tree in found)
        {
            foreach (SyntaxTree replaced in _replaced)
            {
                if (ReferenceEquals(tree, replaced))
                {
                    return true;
                }
            }

            if (_newTypes.Count > 0 && Adds(TreeNames.Of(tree).Used))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReplace(SyntaxTree before, SyntaxTree after)
    {
        TreeNames old = TreeNames.Of(before);
        TreeNames names = TreeNames.Of(after);
        if (_replaced.Count == MaxFiles || !names.SaysToAllWhat(old))
        {
            return false;
        }

        _replaced.Add(before);
        _newTypes.UnionWith(names.Types.Except(old.Types));
        KeepsTypes &= old.Types.SetEquals(names.Types);
        return true;
    }
}
