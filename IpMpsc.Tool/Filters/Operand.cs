namespace IpMpsc.Tool.Filters;

/// <summary>One side of a comparison: a field or a constant.</summary>
/// <param name="Token">Where it stands.</param>
/// <param name="Field">The field; null for a constant.</param>
/// <param name="Constant">What the constant is: text, a truth, null, or the letters of a number.</param>
internal sealed record Operand(Token Token, Field? Field, object? Constant)
{
    /// <summary>What it is, for errors: "'Bid' is of type f64".</summary>
    public string Described => (Field, Token.Kind) switch
    {
        ({ Type: { } type } known, _) => $"'{known.Path}' is of type {type}",
        ({ } fact, _) => $"'{fact.Path}' is {Name(fact.Kind)}",
        (_, TokenKind.Text) => $"'{Token.Text}' is text",
        (_, TokenKind.Number) => $"{Token.Text} is a number",
        _ => $"{Token.Text} is a constant",
    };

    private static string Name(FieldKind kind) => kind switch
    {
        FieldKind.Number => "a number",
        FieldKind.Text => "text",
        FieldKind.Truth => "true or false",
        _ => "not a single value",
    };
}
