using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators;

/// <summary>
/// Names of generated files. The compiler does not tell them apart by their case, and runs a generator
/// for nothing when two are the same; types may differ in case alone.
/// </summary>
internal static class HintNames
{
    /// <summary>The names of types that differ from another one in case alone, in an order that does not change.</summary>
    public static IncrementalValueProvider<EquatableArray<string>> FindAlike(IncrementalValuesProvider<string> fullNames) =>
        fullNames.Collect().Select(static (names, _) => new EquatableArray<string>(names
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(alike => alike.Count() > 1)
            .SelectMany(alike => alike)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToImmutableArray()));

    /// <summary>The file of a type: those that are like others have a number, which no identifier can contain.</summary>
    public static string Of(string fullName, EquatableArray<string> alike)
    {
        int number = alike.ToList().IndexOf(fullName);
        return number < 0 ? $"{fullName}.g.cs" : $"{fullName}-{number}.g.cs";
    }
}
