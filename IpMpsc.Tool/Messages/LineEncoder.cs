using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Reports;

namespace IpMpsc.Tool.Messages;

/// <summary>Encodes lines as payloads of one message type of a channel.</summary>
internal sealed class LineEncoder
{
    /// <summary>In a channel of raw bytes: a JSON string in base64, or the line itself.</summary>
    private const string Bytes = "bytes";
    private const string Text = "text";

    private readonly SchemaMessage? _type;
    private readonly bool _isText;

    private LineEncoder(SchemaMessage? type, bool isText)
    {
        _type = type;
        _isText = isText;
    }

    public ushort MessageId => _type?.Id ?? 0;

    public ushort SchemaVersion => _type?.Version ?? 0;

    /// <summary>Finds a message type by its full name, or by the last part of it if only one has that.</summary>
    /// <exception cref="ToolException">No type, or more than one, has that name.</exception>
    public static LineEncoder For(string schema, string type)
    {
        SchemaDocument document = ReadableSchema.TryParse(schema, out string? problem)
            ?? throw new ToolException(ExitCode.Corrupt, $"The channel's schema is damaged: {problem}");
        if (document.Messages.Count == 0)
        {
            return type is Bytes or Text
                ? new LineEncoder(null, type == Text)
                : throw new ToolException(
                    ExitCode.Mismatch,
                    $"The channel carries raw bytes and not '{type}'. Give the type as '{Text}', or as '{Bytes}' for JSON strings in base64.");
        }

        SchemaMessage[] found = [.. document.Messages.Where(message => message.Name == type)];
        if (found.Length == 0)
        {
            found = [.. document.Messages.Where(message => message.Name.EndsWith($".{type}", StringComparison.Ordinal))];
        }

        IEnumerable<string> names = document.Messages.Select(message => message.Name);
        return found switch
        {
            [var only] => new LineEncoder(only, isText: false),
            [] => throw Unknown(type, [.. names]),
            _ => throw new ToolException(
                ExitCode.Mismatch,
                $"Several messages are called '{type}': {string.Join(", ", found.Select(message => message.Name))}. Give the full name."),
        };
    }

    /// <exception cref="JsonException">The line is not JSON.</exception>
    /// <exception cref="MessageValueException">The JSON does not fit the message type.</exception>
    public byte[] Encode(string line)
    {
        if (_isText)
        {
            return Encoding.UTF8.GetBytes(line);
        }

        using JsonDocument json = JsonDocument.Parse(line);
        if (_type is not null)
        {
            return _type.Encode(_type.ReadJson(json.RootElement));
        }

        return json.RootElement.ValueKind == JsonValueKind.String && json.RootElement.TryGetBytesFromBase64(out byte[]? bytes)
            ? bytes
            : throw new JsonException("Raw bytes are a JSON string in base64.");
    }

    private static ToolException Unknown(string type, string[] names)
    {
        string? nearest = Nearest.To(type, [.. names, .. names.Select(name => name[(name.LastIndexOf('.') + 1)..])]);
        return new ToolException(
            ExitCode.Mismatch,
            $"The channel has no message '{type}'; it has {string.Join(", ", names)}.{Nearest.Hint(nearest)}",
            ("suggestion", nearest));
    }
}
