using System.Collections.Immutable;

namespace IpMpsc.Generators;

/// <summary>The names that generated code adds where the author of a message has names of his own.</summary>
internal static class GeneratedNames
{
    public const string View = "View";
    public const string Writer = "Writer";
    public const string Sizes = "Sizes";
    public const string FixedBlock = "FixedBlock";

    /// <summary>Types nested in a message with variable fields.</summary>
    public static ImmutableArray<string> InMessage { get; } = ImmutableArray.Create(View, Writer, Sizes, FixedBlock);

    /// <summary>Members of these types beside those that carry the names of the fields.</summary>
    public static ImmutableArray<string> InAccessors { get; } = ImmutableArray.Create(
        "_payload", "_block",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString");

    /// <summary>The method of a view that makes a string of the text of a field.</summary>
    public static string TextGetter(string field) =>
        "Get" + char.ToUpperInvariant(field[0]) + field.Substring(1) + "String";
}
