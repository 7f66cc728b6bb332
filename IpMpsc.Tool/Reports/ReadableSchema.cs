using IpMpsc.Schemas;

namespace IpMpsc.Tool.Reports;

/// <summary>A channel's schema as people read it.</summary>
internal static class ReadableSchema
{
    /// <summary>The names of its messages; none for raw bytes, or where the schema is damaged.</summary>
    public static IReadOnlyList<string> Names(string schema) =>
        TryParse(schema, out _) is { } document ? [.. document.Messages.Select(message => message.Name)] : [];

    /// <summary>What a channel carries, for a column.</summary>
    public static string Brief(string schema) => TryParse(schema, out _) switch
    {
        null => "damaged",
        { Format: { } format } => format.ToString(),
        { Messages: [] } => "bytes",
        { Messages: var messages } => string.Join(", ", messages.Select(message => message.Name)),
    };

    /// <summary>Lines with a message or a field each.</summary>
    public static IEnumerable<string> Lines(string schema)
    {
        SchemaDocument? document = TryParse(schema, out string? problem);
        if (document is null)
        {
            return [$"damaged: {problem}"];
        }

        if (document.Format is { } format)
        {
            return [$"bytes in the format {format.Name}, type {format.Type}, fingerprint {format.Fingerprint:x16}"];
        }

        return document.Messages.Count == 0
            ? ["raw bytes, without a schema"]
            : document.Messages.SelectMany(message => Fields(message.Fields, 1).Prepend(Title(message)));
    }

    /// <summary>Null, and the reason, if the text is not a schema.</summary>
    public static SchemaDocument? TryParse(string schema, out string? problem)
    {
        problem = null;
        try
        {
            return SchemaDocument.Parse(schema);
        }
        catch (SchemaFormatException error)
        {
            problem = error.Message;
            return null;
        }
    }

    private static string Title(SchemaMessage message)
    {
        string ofFixedPart = message.Fields.Any(field => field.Type.IsVariable) ? " fixed" : "";
        return $"{message.Name}   id {message.Id}, version {message.Version}, {message.Size:N0} bytes{ofFixedPart}";
    }

    private static IEnumerable<string> Fields(IReadOnlyList<SchemaField> fields, int depth)
    {
        int width = fields.Select(field => field.Name.Length).DefaultIfEmpty().Max();
        foreach (SchemaField field in fields)
        {
            string since = field.Since > 1 ? $"   since version {field.Since}" : "";
            yield return $"{new string(' ', 2 * depth)}{field.Name.PadRight(width)}  {field.Type}{since}";
            SchemaType type = field.Type;
            while (type.Element is { } element)
            {
                type = element;
            }

            foreach (string line in Fields(type.Fields, depth + 1))
            {
                yield return line;
            }
        }
    }
}
