using System.Globalization;

namespace IpMpsc.Schemas;

/// <summary>A message, a struct or an enum as its lines spell it.</summary>
/// <param name="Line">The line at which it begins, from 1.</param>
/// <param name="Name">Its full name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Number">The integer behind an enum; null for all else.</param>
/// <param name="Version">The version of a message; 1 for all else.</param>
/// <param name="Size">Bytes of the fixed block; 0 for an enum.</param>
internal sealed record SchemaDefinition(int Line, string Name, SchemaKind Kind, SchemaType? Number, ushort Version, int Size)
{
    /// <summary>The lines of the fields.</summary>
    public List<FieldLine> Lines { get; } = [];

    /// <summary>The members of an enum.</summary>
    public List<SchemaEnumMember> Members { get; } = [];

    public SchemaType Resolve(SchemaDefinitions definitions)
    {
        if (Kind == SchemaKind.Enum)
        {
            return new SchemaType(Kind, $"{Name}({Number})", Number!.Size, Number.Alignment) { Name = Name, Element = Number, Members = Members };
        }

        IReadOnlyList<SchemaField> fields = Fields(definitions);
        BlockLayout layout = BlockLayout.Of(fields);
        if (Kind == SchemaKind.Struct && fields.Any(field => field.Type.IsVariable))
        {
            throw Error(Line, $"'{Name}' has variable fields, so it is not a struct");
        }

        int depth = fields.Select(field => field.Type.Depth).DefaultIfEmpty().Max();
        return Kind == SchemaKind.Message
            ? new SchemaType(Kind, $"{Name}(+)", SchemaType.RangeSize, SchemaType.RangeAlignment)
            {
                Name = Name,
                Version = Version,
                Fields = fields,
                BlockSize = layout.Size,
                // Fields that were added later do not count: programs that do not know them would store it elsewhere.
                DataAlignment = BlockLayout.Of(fields.TakeWhile(field => field.Since == 1)).PayloadAlignment,
                Depth = 1 + depth,
            }
            : new SchemaType(Kind, Text($"{Name}({layout.Size})"), layout.Size, layout.Alignment) { Name = Name, Fields = fields, Depth = depth };
    }

    /// <summary>The fields, each where the rules of the layout put it.</summary>
    public IReadOnlyList<SchemaField> Fields(SchemaDefinitions definitions)
    {
        List<SchemaField> fields = [];
        HashSet<string> names = [];
        int end = 0;
        ushort since = 1;
        foreach (FieldLine line in Lines)
        {
            SchemaType type = new SchemaTypeReader(line.Type, definitions).Read()
                ?? throw Error(line.Line, $"'{line.Type}' is not a type, or not the size of its fields");
            int offset = BlockLayout.AlignUp(end, type.Alignment);
            if (line.Offset != offset)
            {
                throw Error(line.Line, Text($"'{line.Name}' lies at {offset:N0}, not at {line.Offset:N0}"));
            }

            if (line.Since < since || !names.Add(line.Name))
            {
                throw Error(line.Line, $"'{line.Name}' exists already or must stand before newer fields");
            }

            since = line.Since;
            end = offset + type.Size;
            if (end > BlockLayout.MaxSize)
            {
                throw Error(line.Line, Text($"a fixed block has at most {BlockLayout.MaxSize:N0} bytes"));
            }

            fields.Add(new SchemaField(line.Name, type, offset, line.Since));
        }

        int size = BlockLayout.Of(fields).Size;
        return size == Size ? fields : throw Error(Line, Text($"the fields of '{Name}' take {size:N0} bytes, not {Size:N0}"));
    }

    private static SchemaFormatException Error(int line, string problem) => new(line, problem);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A field as its line spells it.</summary>
    /// <param name="Line">The line, from 1.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Offset">Bytes from the start of the fixed block.</param>
    /// <param name="Since">The version that introduced it.</param>
    public sealed record FieldLine(int Line, string Name, string Type, int Offset, ushort Since);
}
