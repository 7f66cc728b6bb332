using System.Globalization;

namespace IpMpsc.Schemas;

/// <summary>
/// Reads a schema line by line. It accepts only what the generator writes: with every offset and size
/// equal to the one that it computes itself, nothing hostile is left for those who use the result.
/// </summary>
internal sealed class SchemaParser(string text)
{
    /// <summary>Levels of nesting; each is one of the reader's own stack.</summary>
    private const int MaxDepth = 32;

    private const int IndentWidth = 2;

    private int _position;
    private int _line;

    public SchemaDocument Parse()
    {
        if (text.StartsWith("format ", StringComparison.Ordinal))
        {
            return new SchemaDocument([], ParseFormat());
        }

        List<SchemaMessage> messages = [];
        HashSet<ushort> ids = [];
        while (_position < text.Length)
        {
            SchemaMessage message = ParseMessage(TakeLine());
            if (!ids.Add(message.Id))
            {
                throw Error($"two messages have the id {message.Id}");
            }

            messages.Add(message);
        }

        return new SchemaDocument(messages);
    }

    /// <summary>A channel of bytes in a format has this one line.</summary>
    private ByteFormat ParseFormat()
    {
        if (TakeLine().Split(' ') is ["format", var name, "type", var type, "fingerprint", { Length: 16 } fingerprint]
            && ByteFormat.IsValid(name)
            && ByteFormat.IsValid(type)
            && ulong.TryParse(fingerprint, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash)
            && _position == text.Length
            && new ByteFormat(name, type, hash) is var format
            && format.Text == text)
        {
            return format;
        }

        throw Error("expected one line, 'format <name> type <name> fingerprint <16 hexadecimal digits>'");
    }

    private SchemaMessage ParseMessage(string line)
    {
        if (line.Split(' ') is not ["message", var name, "id", var id, "version", var version, "size", var size]
            || !SchemaNames.IsFullName(name))
        {
            throw Error("expected 'message <name> id <number> version <number> size <number>'");
        }

        int start = _line;
        ushort number = (ushort)Number(version, 1, ushort.MaxValue);
        List<SchemaField> fields = ParseFields(depth: 1, number);
        BlockLayout layout = BlockLayout.Of(fields);
        return layout.Size == Number(size, 1, BlockLayout.MaxSize)
            ? new SchemaMessage(name, (ushort)Number(id, 1, ushort.MaxValue), number, layout.Size, fields)
            : throw new SchemaFormatException(start, $"the fields of '{name}' take {layout.Size:N0} bytes, not {size}");
    }

    private List<SchemaField> ParseFields(int depth, ushort version)
    {
        if (depth > MaxDepth)
        {
            throw Error($"messages are nested more than {MaxDepth} levels deep");
        }

        List<SchemaField> fields = [];
        HashSet<string> names = [];
        int end = 0;
        ushort since = 1;
        while (NextIndent() == depth * IndentWidth)
        {
            SchemaField field = ParseField(TakeLine().Trim(' '), depth, version);
            if (field.Offset != BlockLayout.AlignUp(end, field.Type.Alignment))
            {
                throw Error($"'{field.Name}' lies at {BlockLayout.AlignUp(end, field.Type.Alignment):N0}, not at {field.Offset:N0}");
            }

            if (field.Since < since || !names.Add(field.Name))
            {
                throw Error($"'{field.Name}' exists already or must stand before newer fields");
            }

            since = field.Since;
            end = field.Offset + field.Type.Size;
            if (end > BlockLayout.MaxSize)
            {
                throw Error($"a fixed block has at most {BlockLayout.MaxSize:N0} bytes");
            }

            fields.Add(field);
        }

        return fields;
    }

    private SchemaField ParseField(string line, int depth, ushort version)
    {
        (string name, string type, string offset, ushort since) = line.Split(' ') switch
        {
            [var n, var t, ['@', .. var o]] => (n, t, o, (ushort)1),
            [var n, var t, ['@', .. var o], "since", var s] => (n, t, o, (ushort)Number(s, 2, version)),
            _ => throw Error("expected '<name> <type> @<offset>'"),
        };
        if (!SchemaNames.IsName(name))
        {
            throw Error($"'{name}' is no name of a field");
        }

        SchemaTypeText written = SchemaTypeText.Parse(type) ?? throw Error($"'{type}' is no type");

        // The fields of a nested message have no versions of their own.
        int start = _line;
        List<SchemaField> members = written.IsMessage ? ParseFields(depth + 1, version: 1) : [];
        SchemaType resolved = written.Resolve(members)
            ?? throw new SchemaFormatException(start, $"'{type}' is not the size of its fields, or no type");
        return new SchemaField(name, resolved, Number(offset, 0, BlockLayout.MaxSize), since);
    }

    private int NextIndent()
    {
        int spaces = 0;
        while (_position + spaces < text.Length && text[_position + spaces] == ' ')
        {
            spaces++;
        }

        return spaces;
    }

    private string TakeLine()
    {
        _line++;
        int length = text.AsSpan(_position).IndexOf('\n');
        if (length < 0)
        {
            throw Error("it does not end with a line feed");
        }

        string line = text.Substring(_position, length);
        _position += length + 1;
        return line;
    }

    private int Number(string digits, int min, int max) => SchemaNames.TryNumber(digits, out int value) && value >= min && value <= max
        ? value
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"'{digits}' is no number from {min} to {max}"));

    private SchemaFormatException Error(string problem) => new(_line, problem);
}
