using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace IpMpsc.Schemas;

/// <summary>Writes values as JSON.</summary>
internal static class JsonValueWriter
{
    public static void Write(Utf8JsonWriter writer, MessageValue message)
    {
        writer.WriteStartObject();
        foreach ((string name, object? value) in message)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool it:
                writer.WriteBooleanValue(it);
                break;
            case char it when char.IsSurrogate(it):
                writer.WriteNumberValue(it);
                break;
            case char it:
                writer.WriteStringValue([it]);
                break;
            case string it:
                WriteText(writer, it);
                break;
            case Guid it:
                writer.WriteStringValue(it);
                break;
            case Half it:
                WriteFloat(writer, it);
                break;
            case float it:
                WriteFloat(writer, it);
                break;
            case double it:
                WriteFloat(writer, it);
                break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly:
                writer.WriteStringValue(((IFormattable)value).ToString("O", CultureInfo.InvariantCulture));
                break;
            case TimeSpan it:
                writer.WriteStringValue(it.ToString("c", CultureInfo.InvariantCulture));
                break;
            case Rune it:
                writer.WriteStringValue(it.ToString());
                break;
            case Index { IsFromEnd: false } it:
                writer.WriteNumberValue(it.Value);
                break;
            case Index it:
                writer.WriteStringValue(it.ToString());
                break;
            case byte[] it:
                writer.WriteBase64StringValue(it);
                break;
            case object?[] it:
                WriteArray(writer, it);
                break;
            case MessageValue it:
                Write(writer, it);
                break;
            case IFormattable number:
                writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
                break;
            default:
                throw new UnreachableException($"{value.GetType()} is not a value of a message.");
        }
    }

    private static void WriteArray(Utf8JsonWriter writer, object?[] values)
    {
        writer.WriteStartArray();
        foreach (object? value in values)
        {
            Write(writer, value);
        }

        writer.WriteEndArray();
    }

    // UTF-16 from a ring may hold half a surrogate pair, which JSON cannot.
    private static void WriteText(Utf8JsonWriter writer, string text) =>
        writer.WriteStringValue(Encoding.UTF8.GetBytes(text));

    private static void WriteFloat<T>(Utf8JsonWriter writer, T value) where T : IFloatingPoint<T>
    {
        string text = value.ToString(null, CultureInfo.InvariantCulture);
        if (T.IsFinite(value))
        {
            writer.WriteRawValue(text);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }
}
