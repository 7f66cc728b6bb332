namespace IpMpsc.Tool.Filters;

/// <summary>The kinds of words of an expression.</summary>
internal enum TokenKind
{
    /// <summary>A field, with its path, or a word of the language.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text in quotes.</summary>
    Text,

    /// <summary>An operator or a parenthesis.</summary>
    Symbol,

    /// <summary>Behind the last one.</summary>
    End,
}
