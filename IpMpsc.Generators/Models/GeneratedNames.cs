using System.Collections.Generic;
using System.Collections.Immutable;

namespace IpMpsc.Generators.Models;

/// <summary>The names that generated code adds where the author of a message has names of his own.</summary>
internal static class GeneratedNames
{
    /// <summary>Types nested in a message that has a view.</summary>
    public static ImmutableArray<string> InMessage { get; } =
        ImmutableArray.Create("View", "Views", "Writer", "Writers", "Sizes", "FixedBlock");

    /// <summary>Members of these types beside those that carry the names of the fields.</summary>
    public static ImmutableArray<string> InAccessors { get; } = ImmutableArray.Create(
        "_payload", "_block", "_version",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString");

    /// <summary>The members of a view that a field has beside the one of its own name.</summary>
    public static IEnumerable<string> OfField(string field, FieldType type)
    {
        if (type.IsNullable)
        {
            yield return PresenceOf(field);
        }

        if (type.Kind is FieldKind.Text or FieldKind.Text16)
        {
            yield return TextGetter(field);
        }
        else if (type.Kind == FieldKind.Address)
        {
            yield return AddressGetter(field);
        }
    }

    /// <summary>The property of a view that tells whether a nullable field has a value.</summary>
    public static string PresenceOf(string field) => "Has" + Capitalize(field);

    /// <summary>The method of a view that makes a string of the text of a field.</summary>
    public static string TextGetter(string field) => "Get" + Capitalize(field) + "String";

    /// <summary>The method of a view that makes an address of the text of a field.</summary>
    public static string AddressGetter(string field) => "Get" + Capitalize(field) + "Address";

    private static string Capitalize(string field) => char.ToUpperInvariant(field[0]) + field.Substring(1);
}
