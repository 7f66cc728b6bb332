namespace IpMpsc.Tool.Filters;

/// <summary>A word of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its letters; for text in quotes, what is between them.</param>
/// <param name="Position">The index of its first character.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    /// <summary>The token as an error names it.</summary>
    public string Shown => Kind == TokenKind.End ? "the end" : $"'{Text}'";
}
