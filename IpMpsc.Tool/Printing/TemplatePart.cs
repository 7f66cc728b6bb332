using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;
using IpMpsc.Tool.Filters;
using IpMpsc.Tool.Messages;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Printing;

/// <summary>A part of a template: text, or a field with its format.</summary>
/// <param name="Text">The text, or the format of the field; null for its usual form.</param>
/// <param name="Width">How wide the field is at least: on the right if it is negative, as in .NET.</param>
/// <param name="Field">The field; null for text.</param>
internal sealed record TemplatePart(string? Text, int Width, Field? Field)
{
    /// <summary>Splits a template. <c>{{</c> and <c>}}</c> stand for braces, <c>\t</c> and <c>\n</c> for what they are in C#.</summary>
    public static IEnumerable<TemplatePart> Split(string template, SchemaMessage? type)
    {
        StringBuilder text = new();
        for (int at = 0; at < template.Length; at++)
        {
            string pair = at + 1 < template.Length ? template.Substring(at, 2) : "";
            switch (template[at])
            {
                case '{' when pair != "{{":
                    if (text.Length > 0)
                    {
                        yield return new TemplatePart(text.ToString(), 0, null);
                        text.Clear();
                    }

                    int end = template.IndexOf('}', at);
                    if (end < 0)
                    {
                        throw new ExpressionException(at, "The field that begins with { has no }. Write {{ for a brace.");
                    }

                    yield return OfField(template[(at + 1)..end], type, at + 1);
                    at = end;
                    break;
                case '}' when pair != "}}":
                    throw new ExpressionException(at, "There is no { before this }. Write }} for a brace.");
                case '\\' when pair is "\\t" or "\\n" or "\\\\":
                    text.Append(pair[1] switch { 't' => '\t', 'n' => '\n', var other => other });
                    at++;
                    break;
                default:
                    text.Append(template[at]);
                    at += pair is "{{" or "}}" ? 1 : 0;
                    break;
            }
        }

        yield return new TemplatePart(text.ToString(), 0, null);
    }

    /// <summary>What the part adds to the line of a message.</summary>
    public string TextOf(in DecodedMessage message)
    {
        if (Field is null)
        {
            return Text!;
        }

        string shown = Shown(Field.Read(in message));
        return Width < 0 ? shown.PadRight(-Width) : shown.PadLeft(Width);
    }

    private static TemplatePart OfField(string content, SchemaMessage? type, int position)
    {
        int colon = content.IndexOf(':', StringComparison.Ordinal);
        string[] parts = (colon < 0 ? content : content[..colon]).Split(',');
        string path = parts[0].Trim();
        if (path.Length == 0)
        {
            throw new ExpressionException(position, "A field stands between braces.");
        }

        int width = 0;
        if (parts.Length > 1 && !int.TryParse(parts[1], NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out width))
        {
            throw new ExpressionException(position + parts[0].Length + 1, $"'{parts[1]}' is not a width.");
        }

        TemplatePart part = new(colon < 0 ? null : content[(colon + 1)..], width, Field.Find(type, path, position));
        part.TryFormat(position + colon + 1);
        return part;
    }

    /// <summary>Finds a format that numbers and times do not have before the first message comes.</summary>
    private void TryFormat(int position)
    {
        IFormattable? sample = Field!.ValueType?.Kind switch
        {
            SchemaKind.Enum => null,
            >= SchemaKind.Int8 and <= SchemaKind.UInt128 => 1,
            SchemaKind.Float16 or SchemaKind.Float32 or SchemaKind.Float64 => 1.5,
            SchemaKind.Decimal => 1.5m,
            SchemaKind.Guid => Guid.Empty,
            SchemaKind.DateTime => DateTime.UnixEpoch,
            SchemaKind.DateTimeOffset => DateTimeOffset.UnixEpoch,
            SchemaKind.TimeSpan => TimeSpan.Zero,
            SchemaKind.Date => DateOnly.MinValue,
            SchemaKind.Time => TimeOnly.MinValue,
            null when Field.Kind == FieldKind.Number => 1,
            null when Field.Path == "@time" => DateTimeOffset.UnixEpoch,
            _ => null,
        };
        try
        {
            _ = sample?.ToString(Text, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw new ExpressionException(position, $"'{Text}' is not a format of {(Field.Type is { } type ? $"type {type}" : $"'{Field.Path}'")}.");
        }
    }

    private string Shown(object? value) => value switch
    {
        null => "",
        MessageValue or Array => Json(value),
        DateTime or DateTimeOffset or DateOnly or TimeOnly when Text is null => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ when Field!.ValueType is { Kind: SchemaKind.Enum } type && Text is null => Member(type, value),
        IFormattable it => it.ToString(Text, CultureInfo.InvariantCulture),
        _ => Terminal.Clean(value.ToString()!),
    };

    private static string Member(SchemaType type, object value) =>
        type.Members.FirstOrDefault(member => Values.Compare(member.Value, value) == 0)?.Name ?? string.Create(CultureInfo.InvariantCulture, $"{value}");

    private static string Json(object value)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JsonText.Encoder, SkipValidation = true }))
        {
            // A value that is not a message is written as the only field of one.
            (value as MessageValue ?? new MessageValue { ["_"] = value }).WriteTo(json);
        }

        string text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        return value is MessageValue ? text : text["{\"_\":".Length..^1];
    }
}
