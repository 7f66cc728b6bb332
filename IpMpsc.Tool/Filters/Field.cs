using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Messages;

namespace IpMpsc.Tool.Filters;

/// <summary>Something that can be read from each message of one type: a field, a part of one, or a fact about the message.</summary>
/// <param name="Path">How it was written.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Type">Its type in the schema; null for facts about the message.</param>
/// <param name="Read">Reads it.</param>
internal sealed record Field(string Path, FieldKind Kind, SchemaType? Type, FieldReader Read)
{
    /// <summary>Facts about a message, which every type has.</summary>
    private static readonly Field[] s_facts =
    [
        new("@channel", FieldKind.Text, null, static (in message) => message.Channel),
        new("@type", FieldKind.Text, null, static (in message) => message.TypeName),
        new("@id", FieldKind.Number, null, static (in message) => message.Id),
        new("@version", FieldKind.Number, null, static (in message) => message.Version),
        new("@position", FieldKind.Number, null, static (in message) => message.Position),
        new("@size", FieldKind.Number, null, static (in message) => message.Payload.Length),
        new("@time", FieldKind.Other, null, static (in message) => message.Seen?.ToLocalTime()),
        new("@text", FieldKind.Text, null, static (in message) => MessageText.Of(message.Payload)),
        new("@message", FieldKind.Other, null, static (in message) => message.Value),
    ];

    /// <summary>Finds a field of a type.</summary>
    /// <param name="type">The type; null for raw bytes.</param>
    /// <param name="path">Names and indexes, such as <c>Legs[0].Price</c>.</param>
    /// <param name="position">Where it stands, for errors.</param>
    public static Field Find(SchemaMessage? type, string path, int position)
    {
        if (path.StartsWith('@'))
        {
            return s_facts.FirstOrDefault(fact => fact.Path == path) ?? throw Unknown("messages", s_facts.Select(static fact => fact.Path), path, position);
        }

        string[] parts = path.Replace("[", ".[", StringComparison.Ordinal).Split('.');
        SchemaField first = Member(type?.Fields ?? [], type?.Name ?? "raw bytes", parts[0], position);
        Field field = new(parts[0], KindOf(first.Type), first.Type, (in message) => message.Value?[first.Name]);
        foreach (string part in parts[1..])
        {
            field = part.StartsWith('[') ? field.Element(part, position) : field.Member(part, position);
        }

        return field;
    }

    /// <summary>The type without what only says that it may be null.</summary>
    public SchemaType? ValueType => WithoutNull(Type);

    private Field Member(string name, int position)
    {
        SchemaField member = Member(ValueType!.Fields, Path, name, position);
        FieldReader read = Read;
        return new Field($"{Path}.{name}", KindOf(member.Type), member.Type, (in message) => (read(in message) as MessageValue)?[name]);
    }

    private Field Element(string part, int position)
    {
        if (ValueType is not { Kind: SchemaKind.Array or SchemaKind.FixedArray, Element: { } element }
            || !int.TryParse(part.AsSpan(1, part.Length - 2), out int index))
        {
            throw new ExpressionException(position, $"'{Path}' is of type {Type}, which has no elements.");
        }

        FieldReader read = Read;
        return new Field($"{Path}{part}", KindOf(element), element, (in message) => read(in message) switch
        {
            byte[] bytes when index < bytes.Length => bytes[index],
            object?[] values when index < values.Length => values[index],
            _ => null,
        });
    }

    private static SchemaField Member(IReadOnlyList<SchemaField> fields, string owner, string name, int position) =>
        fields.FirstOrDefault(field => field.Name == name) ?? throw Unknown(owner, fields.Select(static field => field.Name), name, position);

    private static ExpressionException Unknown(string owner, IEnumerable<string> names, string name, int position)
    {
        string[] known = [.. names];
        string hint = Nearest.To(name, known) is { } nearest ? Nearest.Hint(nearest)
            : known.Length == 0 ? " It has no fields."
            : $" It has {string.Join(", ", known)}.";
        return new ExpressionException(position, $"There is no field '{name}' in {owner}.{hint}") { UnknownField = name };
    }

    private static SchemaType? WithoutNull(SchemaType? type) => type is { Kind: SchemaKind.Nullable } ? type.Element : type;

    private static FieldKind KindOf(SchemaType type) => WithoutNull(type)!.Kind switch
    {
        SchemaKind.Bool => FieldKind.Truth,
        >= SchemaKind.Int8 and <= SchemaKind.Float64 or SchemaKind.Decimal or SchemaKind.BigInteger or SchemaKind.Enum => FieldKind.Number,
        SchemaKind.Guid or (>= SchemaKind.DateTime and <= SchemaKind.Time) => FieldKind.Parsed,
        SchemaKind.Char or SchemaKind.Rune or SchemaKind.Index or (>= SchemaKind.Utf8 and <= SchemaKind.IPAddress) => FieldKind.Text,
        SchemaKind.Array or SchemaKind.FixedArray => FieldKind.List,
        _ => FieldKind.Other,
    };

    /// <summary>The kind of the elements of a list.</summary>
    public FieldKind ElementKind => ValueType?.Element is { } element ? KindOf(element) : FieldKind.Other;
}
