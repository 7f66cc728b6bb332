using System.Text.RegularExpressions;

namespace IpMpsc.Tool.Filters;

/// <summary>Makes the test of one comparison, once its types fit.</summary>
internal static class Comparison
{
    /// <summary>The operators that are words.</summary>
    public static IReadOnlyList<string> Words { get; } = ["contains", "startswith", "endswith", "matches"];

    /// <summary>The operators that are symbols.</summary>
    public static IReadOnlyList<string> Symbols { get; } = ["==", "=", "!=", "<>", "<", "<=", ">", ">="];

    /// <param name="left">What stands before the operator.</param>
    /// <param name="symbol">The operator.</param>
    /// <param name="right">What stands behind it.</param>
    /// <exception cref="ExpressionException">The two cannot be compared like this.</exception>
    public static MessageTest Of(Operand left, Token symbol, Operand right)
    {
        if (left.Field is null && right.Field is null)
        {
            throw new ExpressionException(left.Token.Position, $"{left.Token.Shown} and {right.Token.Shown} are constants. Compare a field.");
        }

        if (Words.Contains(symbol.Text))
        {
            return OfText(left, symbol, right);
        }

        bool isEquality = symbol.Text is "==" or "=" or "!=" or "<>";
        if (IsNull(left) || IsNull(right))
        {
            FieldReader read = (left.Field ?? right.Field)!.Read;
            return symbol.Text switch
            {
                "==" or "=" => (in message) => read(in message) is null,
                "!=" or "<>" => (in message) => read(in message) is not null,
                _ => throw new ExpressionException(symbol.Position, $"Nothing is {symbol.Text} null. Use == or !=."),
            };
        }

        (FieldReader first, FieldReader second, FieldKind kind) = Pair(left, right);
        if (!isEquality && kind == FieldKind.Truth)
        {
            throw new ExpressionException(symbol.Position, $"{(left.Field is null ? right : left).Described}, which has no order. Use == or !=.");
        }

        Func<int?, bool> isSo = symbol.Text switch
        {
            "==" or "=" => static order => order == 0,
            "!=" or "<>" => static order => order != 0,
            "<" => static order => order < 0,
            "<=" => static order => order <= 0,
            ">" => static order => order > 0,
            _ => static order => order >= 0,
        };
        return (in message) => isSo(first(in message) is { } one && second(in message) is { } other ? Values.Compare(Values.Plain(one), Values.Plain(other)) : null);
    }

    private static bool IsNull(Operand operand) => operand is { Field: null, Constant: null };

    /// <summary>Readers of both sides, whose values have one kind.</summary>
    private static (FieldReader First, FieldReader Second, FieldKind Kind) Pair(Operand left, Operand right)
    {
        if (left.Field is { } first && right.Field is { } second)
        {
            bool isFit = first.Kind == second.Kind
                && first.Kind is not (FieldKind.Other or FieldKind.List)
                && (first.Kind != FieldKind.Parsed || first.ValueType!.Kind == second.ValueType!.Kind);
            return isFit
                ? (first.Read, second.Read, first.Kind)
                : throw new ExpressionException(right.Token.Position, $"{left.Described}, and {right.Described}. They cannot be compared.");
        }

        Operand field = left.Field is null ? right : left;
        object constant = Constants.Convert(left.Field is null ? left : right, field.Field!.Kind, field.Field.ValueType, field.Described);
        FieldReader fixedReader = (in _) => constant;
        return left.Field is null ? (fixedReader, right.Field!.Read, right.Field.Kind) : (left.Field.Read, fixedReader, left.Field.Kind);
    }

    private static MessageTest OfText(Operand left, Token symbol, Operand right)
    {
        if (left.Field is not { } field)
        {
            throw new ExpressionException(left.Token.Position, $"{left.Described}. A field stands before {symbol.Text}.");
        }

        if (symbol.Text == "contains" && field.Kind == FieldKind.List)
        {
            return OfElements(field, left, right);
        }

        if (field.Kind != FieldKind.Text)
        {
            throw new ExpressionException(left.Token.Position, $"{left.Described}, and {symbol.Text} needs text{(symbol.Text == "contains" ? " or an array" : "")}.");
        }

        if (right.Token.Kind != TokenKind.Text)
        {
            throw new ExpressionException(right.Token.Position, $"Text in quotes stands behind {symbol.Text}.");
        }

        string part = right.Token.Text;
        Func<string, bool> isSo = symbol.Text switch
        {
            "contains" => text => text.Contains(part, StringComparison.Ordinal),
            "startswith" => text => text.StartsWith(part, StringComparison.Ordinal),
            "endswith" => text => text.EndsWith(part, StringComparison.Ordinal),
            _ => Pattern(part, right.Token.Position).IsMatch,
        };
        FieldReader read = field.Read;
        return (in message) => read(in message) is { } value && isSo((string)Values.Plain(value));
    }

    private static MessageTest OfElements(Field list, Operand left, Operand right)
    {
        object wanted = Constants.Convert(right, list.ElementKind, list.ValueType!.Element, left.Described);
        FieldReader read = list.Read;
        return (in message) => read(in message) switch
        {
            byte[] bytes => bytes.Any(value => Values.Compare(value, wanted) == 0),
            object?[] values => values.Any(value => value is not null && Values.Compare(Values.Plain(value), wanted) == 0),
            _ => false,
        };
    }

    /// <summary>A regular expression whose time grows with the length of the text only: whoever sends the text did not choose the pattern.</summary>
    private static Regex Pattern(string pattern, int position)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new ExpressionException(position, $"'{pattern}' is not a regular expression that can be used here: {error.Message}");
        }
    }
}
