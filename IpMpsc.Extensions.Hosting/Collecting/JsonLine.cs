using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IpMpsc.Extensions.Hosting.Logging;

namespace IpMpsc.Extensions.Hosting.Collecting;

/// <summary>Writes an event as one line of JSON.</summary>
internal static class JsonLine
{
    // The lines are for files and terminals, not for web pages: letters stay letters.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, in LogEvent entry)
    {
        using (Utf8JsonWriter writer = new(output, s_options))
        {
            writer.WriteStartObject();
            writer.WriteString("time"u8, EventTime.Of(entry).ToString("O", CultureInfo.InvariantCulture));
            writer.WriteString("level"u8, entry.Level.ToString());
            writer.WriteString("category"u8, entry.Category);
            writer.WriteString("message"u8, entry.Message);
            WriteUnlessNull(writer, "template"u8, entry.Template);
            WriteFields(writer, "values"u8, entry.Fields);
            WriteFields(writer, "scopes"u8, entry.Scopes);
            WriteEventId(writer, entry);
            WriteUnlessNull(writer, "traceId"u8, entry.TraceId);
            WriteUnlessNull(writer, "spanId"u8, entry.SpanId);
            WriteUnlessNull(writer, "exception"u8, entry.Exception);
            writer.WriteString("application"u8, entry.Application);
            writer.WriteNumber("process"u8, entry.ProcessId);
            writer.WriteNumber("thread"u8, entry.ThreadId);
            if (entry.IsTruncated)
            {
                writer.WriteBoolean("truncated"u8, true);
            }

            writer.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteEventId(Utf8JsonWriter writer, in LogEvent entry)
    {
        if (entry.EventId != 0)
        {
            writer.WriteNumber("eventId"u8, entry.EventId);
        }

        WriteUnlessNull(writer, "eventName"u8, entry.EventName);
    }

    private static void WriteUnlessNull(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>An object of the named values. Texts of scopes have no name and stand in it under "scope".</summary>
    private static void WriteFields(Utf8JsonWriter writer, ReadOnlySpan<byte> name, LogField[] fields)
    {
        if (fields.Length == 0)
        {
            return;
        }

        writer.WriteStartObject(name);
        foreach (LogField field in fields)
        {
            writer.WritePropertyName(field.Name.Length == 0 ? "scope" : field.Name);
            WriteValue(writer, field);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, LogField field)
    {
        switch (field.Kind)
        {
            case LogFieldKind.Null:
                writer.WriteNullValue();
                break;
            case LogFieldKind.Boolean:
                writer.WriteBooleanValue(field.Value == bool.TrueString);
                break;
            case LogFieldKind.Number when IsJsonNumber(field.Value):
                writer.WriteRawValue(field.Value!, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(field.Value);
                break;
        }
    }

    /// <summary>Whoever wrote the channel decided what is a number; it goes into the file unquoted only if it is one.</summary>
    private static bool IsJsonNumber(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
        && double.IsFinite(number)
        && char.IsAsciiDigit(text[^1])
        && text[0] is '-' or (>= '0' and <= '9');
}
