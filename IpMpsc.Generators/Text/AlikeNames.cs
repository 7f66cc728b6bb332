using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using IpMpsc.Generators.Models;

namespace IpMpsc.Generators.Text;

/// <summary>Types from whose names the same name would be made for something generated. A number tells them apart.</summary>
internal static class AlikeNames
{
    /// <summary>The full names of the types whose made name is that of another one, too, in an order that does not change.</summary>
    public static EquatableArray<string> Find(IEnumerable<(string FullName, string Made)> types, StringComparer comparer) => new(types
        .GroupBy(type => type.Made, comparer)
        .Where(alike => alike.Count() > 1)
        .SelectMany(alike => alike.Select(type => type.FullName))
        .OrderBy(name => name, StringComparer.Ordinal)
        .ToImmutableArray());

    /// <summary>The number of a type, behind a separator; empty for one that is like no other.</summary>
    public static string Suffix(string fullName, EquatableArray<string> alike, string separator = "")
    {
        int number = alike.IsEmpty ? -1 : alike.ToList().IndexOf(fullName);
        return number < 0 ? "" : $"{separator}{number}";
    }
}
