using System.Globalization;

namespace IpMpsc.Schemas;

/// <summary>
/// Reads a schema line by line. It accepts only what the generator writes: with every offset and size
/// equal to the one that it computes itself, nothing hostile is left for those who use the result.
/// </summary>
internal sealed class SchemaParser(string text)
{
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

        ushort number = (ushort)Number(id, 1, ushort.MaxValue);
        SchemaDefinition message = WithFields(Message(name, SchemaKind.Message, version, size));
        int start = _line;
        SchemaDefinitions definitions = ParseDefinitions();
        IReadOnlyList<SchemaField> fields = message.Fields(definitions);
        return definitions.Mentioned.SequenceEqual(definitions.Defined)
            ? new SchemaMessage(name, number, message.Version, message.Size, fields)
            : throw new SchemaFormatException(
                start + 1, $"the definitions after '{name}' are not those that its fields use, in the same order");
    }

    private SchemaDefinitions ParseDefinitions()
    {
        SchemaDefinitions definitions = new();
        while (_position < text.Length && !NextIs("message "))
        {
            string line = TakeLine();
            SchemaDefinition definition = line.Split(' ') switch
            {
                ["enum", var name, var number] when SchemaTypes.FindInteger(number) is { } integer =>
                    WithMembers(new SchemaDefinition(_line, name, SchemaKind.Enum, integer, Version: 1, Size: 0)),
                ["struct", var name, "size", var size] => WithFields(Message(name, SchemaKind.Struct, "1", size)),
                ["nested", var name, "version", var version, "size", var size] =>
                    WithFields(Message(name, SchemaKind.Message, version, size)),
                _ => throw Error("expected a field, a message, or 'enum', 'struct' or 'nested' with a definition"),
            };
            if (!SchemaNames.IsFullName(definition.Name) || !definitions.TryAdd(definition))
            {
                throw Error($"'{definition.Name}' is not a name, or is defined already");
            }
        }

        return definitions;
    }

    private SchemaDefinition Message(string name, SchemaKind kind, string version, string size) => new(
        _line, name, kind, null, (ushort)Number(version, 1, ushort.MaxValue), Number(size, 1, BlockLayout.MaxSize));

    private SchemaDefinition WithFields(SchemaDefinition definition)
    {
        while (NextIs("  "))
        {
            string line = TakeLine()[2..];
            (string name, string type, string offset, ushort since) = line.Split(' ') switch
            {
                [var n, var t, ['@', .. var o]] => (n, t, o, (ushort)1),
                [var n, var t, ['@', .. var o], "since", var s] => (n, t, o, (ushort)Number(s, 2, definition.Version)),
                _ => throw Error("expected '<name> <type> @<offset>'"),
            };
            if (!SchemaNames.IsName(name))
            {
                throw Error($"'{name}' is not a name of a field");
            }

            definition.Lines.Add(new SchemaDefinition.FieldLine(_line, name, type, Number(offset, 0, BlockLayout.MaxSize), since));
        }

        return definition;
    }

    private SchemaDefinition WithMembers(SchemaDefinition definition)
    {
        HashSet<string> names = [];
        while (NextIs("  "))
        {
            if (TakeLine()[2..].Split(' ') is not [var name, "=", var digits]
                || !SchemaNames.IsName(name)
                || !names.Add(name)
                || !SchemaTypes.TryParse(definition.Number!.Kind, digits, out Int128 value))
            {
                throw Error($"expected '<name> = <number>', a name that '{definition.Name}' has only once and an {definition.Number}");
            }

            definition.Members.Add(new SchemaEnumMember(name, value));
        }

        return definition;
    }

    private bool NextIs(string start) => string.CompareOrdinal(text, _position, start, 0, start.Length) == 0;

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
        : throw Error(string.Create(CultureInfo.InvariantCulture, $"'{digits}' is not a number from {min} to {max}"));

    private SchemaFormatException Error(string problem) => new(_line, problem);
}
