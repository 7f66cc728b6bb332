using System;
using System.Linq;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Text;

/// <summary>
/// Names of generated files. The compiler does not tell them apart by their case, and runs a generator
/// for nothing when two are the same; types may differ in case alone.
/// </summary>
internal static class HintNames
{
    /// <summary>The names of types that differ from another one in case alone, in an order that does not change.</summary>
    public static IncrementalValueProvider<EquatableArray<string>> FindAlike(IncrementalValuesProvider<string> fullNames) =>
        fullNames.Collect().Select(static (all, _) => AlikeNames.Find(all.Select(name => (name, name)), StringComparer.OrdinalIgnoreCase));

    /// <summary>The file of a type: those that are like others have a number, which no identifier can contain.</summary>
    public static string Of(string fullName, EquatableArray<string> alike) =>
        $"{fullName}{AlikeNames.Suffix(fullName, alike, separator: "-")}.g.cs";
}
