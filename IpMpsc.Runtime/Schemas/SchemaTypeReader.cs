namespace IpMpsc.Schemas;

/// <summary>Reads a type as a schema spells it, by the grammar in docs/schema.md.</summary>
/// <param name="text">The type.</param>
/// <param name="definitions">The enums and messages that it may name.</param>
internal sealed class SchemaTypeReader(string text, SchemaDefinitions definitions)
{
    /// <summary>Types within each other; each is one of the reader's own stack.</summary>
    private const int MaxDepth = 32;

    /// <summary>What the runtime allows an inline array to have.</summary>
    private const int MaxArraySize = 1 << 20;

    private const int MinElements = 2;
    private const int MaxElements = 7;

    private int _position;

    /// <summary>The type, or null if the text does not spell one.</summary>
    public SchemaType? Read() => Type(depth: 0) is { } type && _position == text.Length ? type : null;

    private SchemaType? Type(int depth)
    {
        if (depth == MaxDepth)
        {
            return null;
        }

        SchemaType? type = Peek() switch
        {
            '(' => Tuple(depth + 1),
            '{' => Map(depth + 1),
            _ => Named(),
        };
        for (int count = depth; type is not null && Peek() is '[' or '?'; count++)
        {
            type = count == MaxDepth ? null : Peek() == '?' ? Nullable(type) : Array(type);
        }

        return type;
    }

    private SchemaType? Named()
    {
        string name = Until("([]{}?:,)");
        if (Peek() != '(')
        {
            return SchemaTypes.Find(name);
        }

        _position++;
        string detail = Until(")");
        return Skip(')') ? definitions.Find(name, detail) : null;
    }

    private SchemaType? Tuple(int depth)
    {
        int start = _position++;
        List<SchemaField> elements = [];
        int end = 0;
        do
        {
            string name = Until(":,)");
            if (!SchemaNames.IsName(name)
                || elements.Exists(element => element.Name == name)
                || !Skip(':')
                || Type(depth) is not { } type)
            {
                return null;
            }

            int offset = BlockLayout.AlignUp(end, type.Alignment);
            elements.Add(new SchemaField(name, type, offset, Since: 1));
            end = offset + type.Size;
            if (end > BlockLayout.MaxSize)
            {
                return null;
            }
        }
        while (Skip(','));

        return elements.Count is >= MinElements and <= MaxElements && Skip(')') ? Tuple(text[start.._position], elements) : null;
    }

    private SchemaType? Map(int depth)
    {
        int start = _position++;
        if (Type(depth) is not { } key || !Skip(':') || Type(depth) is not { } value || !Skip('}'))
        {
            return null;
        }

        SchemaType entry = Tuple(
            $"(Key:{key},Value:{value})",
            [
                new SchemaField("Key", key, 0, Since: 1),
                new SchemaField("Value", value, BlockLayout.AlignUp(key.Size, value.Alignment), Since: 1),
            ]);
        return Listed(SchemaKind.Map, text[start.._position], entry);
    }

    private SchemaType? Array(SchemaType element)
    {
        _position++;
        string digits = Until("]");
        if (!Skip(']'))
        {
            return null;
        }

        if (digits.Length == 0)
        {
            return Listed(SchemaKind.Array, element.Text + "[]", element);
        }

        return !element.IsVariable
            && SchemaNames.TryNumber(digits, out int count)
            && count > 0
            && (long)element.Size * count is var size and <= MaxArraySize
                ? new SchemaType(SchemaKind.FixedArray, $"{element}[{digits}]", (int)size, element.Alignment) { Element = element, Count = count }
                : null;
    }

    private SchemaType? Nullable(SchemaType type)
    {
        _position++;
        if (type.IsNullable)
        {
            return null;
        }

        return type.IsRange
            ? new SchemaType(type.Kind, type.Text + "?", type.Size, type.Alignment)
            {
                IsNullable = true,
                Name = type.Name,
                Version = type.Version,
                Element = type.Element,
                Fields = type.Fields,
                BlockSize = type.BlockSize,
                DataAlignment = type.DataAlignment,
                Depth = type.Depth,
            }
            : new SchemaType(SchemaKind.Nullable, type.Text + "?", type.Alignment + type.Size, type.Alignment)
            {
                IsNullable = true,
                Element = type,
                Depth = type.Depth,
            };
    }

    private static SchemaType Tuple(string text, IReadOnlyList<SchemaField> elements)
    {
        BlockLayout layout = BlockLayout.Of(elements);
        return new SchemaType(SchemaKind.Tuple, text, layout.Size, layout.Alignment)
        {
            Fields = elements,
            Depth = elements.Max(element => element.Type.Depth),
        };
    }

    private static SchemaType Listed(SchemaKind kind, string text, SchemaType element) =>
        new(kind, text, SchemaType.RangeSize, SchemaType.RangeAlignment)
        {
            Element = element,
            DataAlignment = element.Alignment,
            Depth = 1 + element.Depth,
        };

    private char Peek() => _position < text.Length ? text[_position] : '\0';

    private bool Skip(char expected)
    {
        bool found = Peek() == expected;
        _position += found ? 1 : 0;
        return found;
    }

    private string Until(string ends)
    {
        int length = text.AsSpan(_position).IndexOfAny(ends);
        string taken = length < 0 ? text[_position..] : text.Substring(_position, length);
        _position += taken.Length;
        return taken;
    }
}
