using IpMpsc.Schemas;

namespace IpMpsc.Tool.Headers;

/// <summary>The messages of a schema as an object for programs.</summary>
internal static class SchemaJson
{
    public static object Of(SchemaSource source) => new
    {
        name = source.Name,
        messages = source.Schema.Messages.Select(static message => new
        {
            name = message.Name,
            id = message.Id,
            version = message.Version,
            size = message.Size,
            fields = Fields(message.Fields),
        }),
        schema = source.Text,
    };

    private static object[] Fields(IReadOnlyList<SchemaField> fields) =>
    [
        .. fields.Select(static field => (object)new Dictionary<string, object?>
        {
            ["name"] = field.Name,
            ["type"] = field.Type.ToString(),
            ["offset"] = field.Offset,
            ["size"] = field.Type.Size,
            ["since"] = field.Since,
            ["nullable"] = field.Type.IsNullable || field.Type.Kind == SchemaKind.Nullable,
            ["members"] = Inner(field.Type, static type => type.Members.Count) is { } named
                ? named.Members.Select(static member => new { name = member.Name, value = member.Value.ToString(System.Globalization.CultureInfo.InvariantCulture) })
                : null,
            ["fields"] = Inner(field.Type, static type => type.Fields.Count) is { } nested ? Fields(nested.Fields) : null,
        }.Where(static item => item.Value is not null).ToDictionary()),
    ];

    /// <summary>The type of the elements, at whatever depth, that has something to list.</summary>
    private static SchemaType? Inner(SchemaType? type, Func<SchemaType, int> count)
    {
        while (type is not null && count(type) == 0)
        {
            type = type.Element;
        }

        return type;
    }
}
