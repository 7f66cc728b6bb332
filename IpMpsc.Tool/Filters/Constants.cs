using System.Globalization;
using System.Numerics;
using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Filters;

/// <summary>Reads a constant as a value of the type that it is compared with.</summary>
internal static class Constants
{
    private const NumberStyles Real = NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite);

    /// <summary>A value that can be compared with those of a kind.</summary>
    /// <param name="constant">The constant.</param>
    /// <param name="kind">The kind of the other side.</param>
    /// <param name="type">Its type; null for facts about the message.</param>
    /// <param name="other">What the other side is, for errors.</param>
    public static object Convert(Operand constant, FieldKind kind, SchemaType? type, string other) => (kind, constant.Token.Kind, constant.Constant) switch
    {
        (FieldKind.Number, TokenKind.Number, string digits) => Number(digits, type, constant.Token.Position),
        (FieldKind.Number, TokenKind.Text, string name) when type?.Kind == SchemaKind.Enum => Member(name, type, constant.Token.Position),
        (FieldKind.Text, TokenKind.Text, string text) => text,
        (FieldKind.Truth, TokenKind.Name, bool truth) => truth,
        (FieldKind.Parsed, TokenKind.Text, string text) => Parse(text, type!, constant.Token.Position),
        _ => throw new ExpressionException(constant.Token.Position, $"{other}, and {constant.Described}. Compare it with {Wanted(kind, type)}."),
    };

    /// <summary>A number without a type, such as a position.</summary>
    public static object Number(string digits, SchemaType? type, int position)
    {
        string plain = digits.Replace("_", "", StringComparison.Ordinal);
        if (plain.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && BigInteger.TryParse($"0{plain.AsSpan(2)}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger hexadecimal))
        {
            return hexadecimal;
        }

        // A constant is rounded as the field was: 0.1 in 32 bits is not 0.1 in 64.
        CultureInfo culture = CultureInfo.InvariantCulture;
        object? number = type?.Kind switch
        {
            SchemaKind.Float16 => Half.TryParse(plain, Real, culture, out Half half) ? half : null,
            SchemaKind.Float32 => float.TryParse(plain, Real, culture, out float single) ? single : null,
            SchemaKind.Float64 => double.TryParse(plain, Real, culture, out double real) ? real : null,
            SchemaKind.Decimal => decimal.TryParse(plain, Real, culture, out decimal exact) ? exact : null,
            _ => BigInteger.TryParse(plain, NumberStyles.AllowLeadingSign, culture, out BigInteger integer) ? integer
                : double.TryParse(plain, Real, culture, out double real) ? real
                : null,
        };
        return number ?? throw new ExpressionException(position, $"'{digits}' is not a number{(type is null ? "" : $" of type {type}")}.");
    }

    private static object Member(string name, SchemaType type, int position) =>
        type.Members.FirstOrDefault(member => member.Name == name) is { } found
            ? found.Value
            : throw new ExpressionException(
                position,
                $"The enum {type.Name} has no member '{name}'; it has {string.Join(", ", type.Members.Select(static member => member.Name))}." +
                Nearest.Hint(Nearest.To(name, type.Members.Select(static member => member.Name))));

    private static object Parse(string text, SchemaType type, int position)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        object? value = type.Kind switch
        {
            SchemaKind.Guid => Guid.TryParse(text, out Guid it) ? it : null,
            SchemaKind.DateTime => DateTime.TryParse(text, culture, DateTimeStyles.RoundtripKind, out DateTime it) ? it : null,
            SchemaKind.DateTimeOffset => DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeUniversal, out DateTimeOffset it) ? it : null,
            SchemaKind.TimeSpan => TimeSpan.TryParse(text, culture, out TimeSpan it) ? it : null,
            SchemaKind.Date => DateOnly.TryParse(text, culture, out DateOnly it) ? it : null,
            _ => TimeOnly.TryParse(text, culture, out TimeOnly it) ? it : null,
        };
        return value ?? throw new ExpressionException(position, $"'{text}' is not {Wanted(FieldKind.Parsed, type)}.");
    }

    private static string Wanted(FieldKind kind, SchemaType? type) => (kind, type?.Kind) switch
    {
        (FieldKind.Number, SchemaKind.Enum) => "a number or the name of a member in quotes",
        (FieldKind.Number, _) => "a number",
        (FieldKind.Text, _) => "text in quotes",
        (FieldKind.Truth, _) => "true or false",
        (FieldKind.Parsed, SchemaKind.Guid) => "a Guid such as '6f9619ff-8b86-d011-b42d-00c04fc964ff'",
        (FieldKind.Parsed, SchemaKind.DateTime or SchemaKind.DateTimeOffset) => "a date and time such as '2026-11-30T08:00:00Z'",
        (FieldKind.Parsed, SchemaKind.TimeSpan) => "a span of time such as '00:00:01.5'",
        (FieldKind.Parsed, SchemaKind.Date) => "a date such as '2026-11-30'",
        (FieldKind.Parsed, _) => "a time of day such as '08:00:00'",
        (FieldKind.List, _) => "null, or one of its elements, such as [0]",
        _ => "null, or one of its fields",
    };
}
