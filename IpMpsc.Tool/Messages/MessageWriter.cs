using System.Buffers;
using System.Text;
using System.Text.Json;
using IpMpsc.Schemas;
using IpMpsc.Tool.Output;
using IpMpsc.Tool.Reports;

namespace IpMpsc.Tool.Messages;

/// <summary>Writes messages by the schema of their channel. What cannot be decoded is written as its bytes, with the reason.</summary>
internal sealed class MessageWriter(string schema, MessageStyle style)
{
    private static readonly JsonWriterOptions s_json = new() { Encoder = JsonText.Encoder, SkipValidation = true };

    private readonly SchemaDocument? _schema = ReadableSchema.TryParse(schema, out _);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>One message as one line, or as several in hexadecimal; each ends with a line feed.</summary>
    public ReadOnlySpan<byte> Write(long position, ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload)
    {
        _buffer.ResetWrittenCount();
        SchemaMessage? type = _schema?.Find(messageId);
        MessageValue? value = null;
        string? problem = null;
        if (type is not null)
        {
            try
            {
                value = type.Decode(payload, schemaVersion);
            }
            catch (MessageFormatException error)
            {
                problem = error.Message;
            }
        }
        else if (_schema is not { Messages.Count: 0 })
        {
            problem = $"the channel's schema has no message with the id {messageId}";
        }

        switch (style)
        {
            case MessageStyle.Json:
                WriteJson(position, messageId, schemaVersion, payload, type, value, problem);
                break;

            case MessageStyle.Hex:
                Append($"position {position:N0}, {type?.Name ?? Unnamed(messageId)} version {schemaVersion}, {payload.Length:N0} bytes\n");
                Append(HexDump.Of(payload));
                return _buffer.WrittenSpan;

            default:
                WriteText(messageId, payload, type, value, problem);
                break;
        }

        Append("\n");
        return _buffer.WrittenSpan;
    }

    private void WriteJson(
        long position, ushort messageId, ushort schemaVersion, ReadOnlySpan<byte> payload,
        SchemaMessage? type, MessageValue? value, string? problem)
    {
        using Utf8JsonWriter json = new(_buffer, s_json);
        json.WriteStartObject();
        json.WriteNumber("position", position);
        if (type is not null)
        {
            json.WriteString("type", type.Name);
        }

        if (messageId != 0)
        {
            json.WriteNumber("id", messageId);
            json.WriteNumber("version", schemaVersion);
        }

        if (value is not null)
        {
            json.WritePropertyName("message");
            value.WriteTo(json);
        }
        else
        {
            json.WriteBase64String("bytes", payload);
        }

        if (problem is not null)
        {
            json.WriteString("problem", problem);
        }

        json.WriteEndObject();
    }

    private void WriteText(ushort messageId, ReadOnlySpan<byte> payload, SchemaMessage? type, MessageValue? value, string? problem)
    {
        if (value is not null)
        {
            Append($"{type!.Name} ");
            using Utf8JsonWriter json = new(_buffer, s_json);
            value.WriteTo(json);
        }
        else if (problem is not null)
        {
            Append($"{type?.Name ?? Unnamed(messageId)} cannot be decoded, {Terminal.Clean(problem)}: {Convert.ToHexString(payload)}");
        }
        else
        {
            Append(TextOf(payload) ?? Convert.ToHexString(payload));
        }
    }

    private static string Unnamed(ushort messageId) => messageId == 0 ? "bytes" : $"message {messageId}";

    /// <summary>The bytes as text, or null if they are not printable text.</summary>
    private static string? TextOf(ReadOnlySpan<byte> payload)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(payload);
            return text.Any(char.IsControl) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private void Append(string text) => _buffer.Write(Encoding.UTF8.GetBytes(text));
}
