namespace IpMpsc.Tool.Filters;

/// <summary>Splits an expression into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] s_symbols = ["==", "!=", "<>", "<=", ">=", "&&", "||", "=", "<", ">", "!", "(", ")", ","];

    public static List<Token> Split(string text)
    {
        List<Token> tokens = [];
        int at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            Token token = Next(text, at, out int end);
            tokens.Add(token);
            at = end;
        }

        tokens.Add(new Token(TokenKind.End, "", text.Length));
        return tokens;
    }

    private static Token Next(string text, int start, out int end)
    {
        char first = text[start];
        if (first is '\'' or '"')
        {
            return Quoted(text, start, out end);
        }

        bool isNumber = char.IsAsciiDigit(first) || (first is '-' or '.' && start + 1 < text.Length && (char.IsAsciiDigit(text[start + 1]) || text[start + 1] == '.'));
        if (isNumber)
        {
            end = End(text, start + 1, at => char.IsAsciiLetterOrDigit(text[at]) || text[at] is '.' or '_' || (text[at] is '-' or '+' && text[at - 1] is 'e' or 'E'));
            return new Token(TokenKind.Number, text[start..end], start);
        }

        if (IsOfName(first) || first == '@')
        {
            end = End(text, start + 1, at => IsOfName(text[at]) || text[at] is '.' or '[' or ']');
            return new Token(TokenKind.Name, text[start..end], start);
        }

        string symbol = s_symbols.FirstOrDefault(symbol => text.AsSpan(start).StartsWith(symbol, StringComparison.Ordinal))
            ?? throw new ExpressionException(start, $"'{first}' has no meaning here. Text stands in quotes.");
        end = start + symbol.Length;
        return new Token(TokenKind.Symbol, symbol, start);
    }

    /// <summary>Text up to the same quote; two of them stand for one.</summary>
    private static Token Quoted(string text, int start, out int end)
    {
        char quote = text[start];
        for (end = start + 1; end < text.Length; end++)
        {
            if (text[end] != quote)
            {
                continue;
            }

            if (end + 1 == text.Length || text[end + 1] != quote)
            {
                string content = text[(start + 1)..end].Replace($"{quote}{quote}", $"{quote}", StringComparison.Ordinal);
                end++;
                return new Token(TokenKind.Text, content, start);
            }

            end++;
        }

        throw new ExpressionException(start, $"The text that begins with {quote} has no end.");
    }

    private static int End(string text, int start, Func<int, bool> belongs)
    {
        int end = start;
        while (end < text.Length && belongs(end))
        {
            end++;
        }

        return end;
    }

    private static bool IsOfName(char letter) => char.IsLetterOrDigit(letter) || letter == '_' || char.IsSurrogate(letter);
}
