namespace IpMpsc.Schemas;

/// <summary>
/// A type as it is written: a name with what stands in parentheses behind it, then suffixes. The fields
/// of a nested message are on the lines that follow, so it is resolved when these are known.
/// </summary>
internal sealed class SchemaTypeText
{
    /// <summary>What the runtime allows an inline array to have.</summary>
    private const int MaxArraySize = 1 << 20;

    /// <summary>Arrays of arrays; each is one of the reader's own stack.</summary>
    private const int MaxSuffixes = 8;

    private readonly string _name;
    private readonly string _detail;
    private readonly string _suffixes;

    private SchemaTypeText(string name, string detail, string suffixes)
    {
        _name = name;
        _detail = detail;
        _suffixes = suffixes;
    }

    /// <summary>Whether the fields of a message follow.</summary>
    public bool IsMessage => _detail.Length > 0 && char.IsAsciiDigit(_detail[0]);

    public static SchemaTypeText? Parse(string text)
    {
        int open = text.IndexOf('(');
        int close = text.IndexOf(')');
        if (open > 0 && close > open + 1)
        {
            string name = text[..open];
            return SchemaNames.IsFullName(name)
                ? new SchemaTypeText(name, text[(open + 1)..close], text[(close + 1)..])
                : null;
        }

        int end = text.AsSpan().IndexOfAny('[', '?');
        end = end < 0 ? text.Length : end;
        return new SchemaTypeText(text[..end], "", text[end..]);
    }

    /// <summary>The type, or null if it does not go together with its fields.</summary>
    public SchemaType? Resolve(IReadOnlyList<SchemaField> fields)
    {
        SchemaType? type = ResolveName(fields);
        string suffixes = _suffixes;
        for (int count = 0; type is not null && suffixes.Length > 0; count++)
        {
            if (count == MaxSuffixes)
            {
                return null;
            }

            int end = suffixes[0] == '?' ? 1 : suffixes.IndexOf(']') + 1;
            type = end == 0 ? null : Apply(suffixes[..end], type);
            suffixes = suffixes[end..];
        }

        return type;
    }

    private SchemaType? ResolveName(IReadOnlyList<SchemaField> fields)
    {
        if (_detail.Length == 0)
        {
            return SchemaTypes.Find(_name);
        }

        string text = $"{_name}({_detail})";
        if (!IsMessage)
        {
            return SchemaTypes.Find(_detail) is { Kind: >= SchemaKind.Int8 and <= SchemaKind.UInt64 and not SchemaKind.Int128 } number
                ? new SchemaType(SchemaKind.Enum, text, number.Size, number.Alignment) { Element = number }
                : null;
        }

        BlockLayout layout = BlockLayout.Of(fields);
        bool isVariable = fields.Any(field => field.Type.IsVariable);
        if (_detail != (isVariable ? $"{layout.Size}+" : $"{layout.Size}"))
        {
            return null;
        }

        return isVariable
            ? new SchemaType(SchemaKind.Message, text, SchemaType.RangeSize, SchemaType.RangeAlignment)
            {
                Fields = fields,
                BlockSize = layout.Size,
                DataAlignment = layout.PayloadAlignment,
            }
            : new SchemaType(SchemaKind.Struct, text, layout.Size, layout.Alignment) { Fields = fields };
    }

    private SchemaType? Apply(string suffix, SchemaType type)
    {
        if (suffix == "?")
        {
            return type is { IsNullable: false, Kind: SchemaKind.Utf8 or SchemaKind.Utf16 or SchemaKind.Array }
                ? new SchemaType(type.Kind, type.Text + suffix, type.Size, type.Alignment)
                {
                    IsNullable = true,
                    Element = type.Element,
                    DataAlignment = type.DataAlignment,
                }
                : null;
        }

        if (suffix[0] != '[' || (type.IsVariable && type.Kind != SchemaKind.Message))
        {
            return null;
        }

        if (suffix == "[]")
        {
            return new SchemaType(SchemaKind.Array, type.Text + suffix, SchemaType.RangeSize, SchemaType.RangeAlignment)
            {
                Element = type,
                DataAlignment = type.Kind == SchemaKind.Message ? type.DataAlignment : type.Alignment,
            };
        }

        return type.Kind != SchemaKind.Message
            && SchemaNames.TryNumber(suffix.AsSpan()[1..^1], out int count)
            && count > 0
            && (long)type.Size * count is var size and <= MaxArraySize
                ? new SchemaType(SchemaKind.FixedArray, type.Text + suffix, (int)size, type.Alignment) { Element = type, Count = count }
                : null;
    }
}
