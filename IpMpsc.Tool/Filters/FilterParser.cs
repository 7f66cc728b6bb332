using IpMpsc.Schemas;

namespace IpMpsc.Tool.Filters;

/// <summary>
/// Reads a filter for messages of one type. docs/tool.md has the grammar; <c>or</c> binds least, then <c>and</c>, then <c>not</c>, then comparisons.
/// </summary>
internal sealed class FilterParser
{
    /// <summary>Parentheses within each other; more would need the stack of a generated expression.</summary>
    private const int MaxDepth = 100;

    private readonly SchemaMessage? _type;
    private readonly List<Token> _tokens;
    private int _next;
    private int _depth;

    private FilterParser(string text, SchemaMessage? type)
    {
        _type = type;
        _tokens = Lexer.Split(text);
    }

    /// <param name="text">The filter.</param>
    /// <param name="type">The type of the messages; null for raw bytes.</param>
    /// <exception cref="ExpressionException">The text is not a filter, or does not fit the type.</exception>
    public static MessageTest Parse(string text, SchemaMessage? type)
    {
        FilterParser parser = new(text, type);
        MessageTest test = parser.Or();
        return parser.Current.Kind == TokenKind.End
            ? test
            : throw new ExpressionException(parser.Current.Position, $"{parser.Current.Shown} stands where the end, 'and', 'or' or an operator is expected.");
    }

    private Token Current => _tokens[_next];

    private MessageTest Or()
    {
        MessageTest test = And();
        while (Take("or") || Take("||"))
        {
            (MessageTest left, MessageTest right) = (test, And());
            test = (in message) => left(in message) || right(in message);
        }

        return test;
    }

    private MessageTest And()
    {
        MessageTest test = Not();
        while (Take("and") || Take("&&"))
        {
            (MessageTest left, MessageTest right) = (test, Not());
            test = (in message) => left(in message) && right(in message);
        }

        return test;
    }

    private MessageTest Not()
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionException(Current.Position, $"More than {MaxDepth} 'not' and parentheses lie within each other.");
        }

        MessageTest test = Take("not") || Take("!") ? Negated(Not()) : Condition();
        _depth--;
        return test;
    }

    private static MessageTest Negated(MessageTest test) => (in message) => !test(in message);

    private MessageTest Condition()
    {
        if (Take("("))
        {
            MessageTest test = Or();
            Require(")");
            return test;
        }

        Operand left = Operand();
        Token symbol = Current;
        if ((symbol.Kind == TokenKind.Symbol && Comparison.Symbols.Contains(symbol.Text)) || (symbol.Kind == TokenKind.Name && Comparison.Words.Contains(symbol.Text)))
        {
            _next++;
            return Comparison.Of(left, symbol, Operand());
        }

        if (left.Field is { Kind: FieldKind.Truth } field)
        {
            FieldReader read = field.Read;
            return (in message) => read(in message) is true;
        }

        throw new ExpressionException(left.Token.Position, $"{left.Described}, which is not a condition. Compare it, as in: {left.Token.Text} == ...");
    }

    private Operand Operand()
    {
        Token token = Current;
        _next++;
        return (token.Kind, token.Text) switch
        {
            (TokenKind.Number or TokenKind.Text, var text) => new Operand(token, null, text),
            (TokenKind.Name, "true") => new Operand(token, null, true),
            (TokenKind.Name, "false") => new Operand(token, null, false),
            (TokenKind.Name, "null") => new Operand(token, null, null),
            (TokenKind.Name, "length") when Take("(") => Length(token),
            (TokenKind.Name, var path) => new Operand(token, Field.Find(_type, path, token.Position), null),
            _ => throw new ExpressionException(token.Position, $"{token.Shown} stands where a field or a value is expected."),
        };
    }

    /// <summary>The number of elements of an array, or of UTF-16 code units of text.</summary>
    private Operand Length(Token token)
    {
        Operand of = Operand();
        Require(")");
        if (of.Field is not { Kind: FieldKind.Text or FieldKind.List or FieldKind.Other } field || field.Path is "@message" or "@time")
        {
            throw new ExpressionException(of.Token.Position, $"{of.Described}, which has no length.");
        }

        FieldReader read = field.Read;
        Field length = new($"length({field.Path})", FieldKind.Number, null, (in message) => read(in message) switch
        {
            string text => text.Length,
            Array array => array.Length,
            _ => null,
        });
        return new Operand(token, length, null);
    }

    private bool Take(string text)
    {
        bool isIt = Current.Kind is TokenKind.Name or TokenKind.Symbol && Current.Text == text;
        _next += isIt ? 1 : 0;
        return isIt;
    }

    private void Require(string text)
    {
        if (!Take(text))
        {
            throw new ExpressionException(Current.Position, $"{Current.Shown} stands where '{text}' is expected.");
        }
    }
}
