using System.Buffers;
using System.Globalization;

namespace IpMpsc.Schemas;

/// <summary>The words of a schema.</summary>
internal static class SchemaNames
{
    /// <summary>What a name cannot contain, because the grammar uses it; white space of any kind comes on top.</summary>
    private static readonly SearchValues<char> s_reserved = SearchValues.Create("()[]{}?@+:,=.\"\\");

    public static bool IsFullName(string name) => name.Split('.').All(IsName);

    public static bool IsName(string name) =>
        name.Length > 0
        && !name.AsSpan().ContainsAny(s_reserved)
        && !name.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));

    /// <summary>Decimal digits without sign, separators or leading zeros.</summary>
    public static bool TryNumber(ReadOnlySpan<char> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value)
        && (digits.Length == 1 || digits[0] != '0');
}
