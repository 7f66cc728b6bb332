using System.Collections;
using System.Globalization;

namespace IpMpsc.Extensions.Hosting.Logging;

/// <summary>Values as UTF-8 in the invariant culture, without a string in between where the type allows it.</summary>
internal static class ValueText
{
    private const string NoValue = "(null)";

    /// <summary>What a value is to a reader of the log.</summary>
    public static LogFieldKind KindOf(object? value) => value switch
    {
        null => LogFieldKind.Null,
        string => LogFieldKind.Text,
        bool => LogFieldKind.Boolean,
        double number => double.IsFinite(number) ? LogFieldKind.Number : LogFieldKind.Text,
        float number => float.IsFinite(number) ? LogFieldKind.Number : LogFieldKind.Text,
        int or long or byte or sbyte or short or ushort or uint or ulong or decimal => LogFieldKind.Number,
        _ => LogFieldKind.Text,
    };

    /// <summary>
    /// Adds a value as its field shows it: times to the last digit, in the format of ISO 8601. True if a message shows it
    /// in the same way.
    /// </summary>
    public static bool AppendField(Utf8Buffer buffer, object? value)
    {
        switch (value)
        {
            case null:
                return false;
            case DateTime or DateTimeOffset:
                AppendUtf8(buffer, (IUtf8SpanFormattable)value, "O");
                return false;
            default:
                AppendMessage(buffer, value, null);
                return true;
        }
    }

    /// <summary>Adds a value as a message shows it.</summary>
    public static void AppendMessage(Utf8Buffer buffer, object? value, string? format)
    {
        switch (value)
        {
            case null:
                buffer.Append(NoValue);
                break;
            case string text:
                buffer.Append(text);
                break;
            case IUtf8SpanFormattable formattable:
                AppendUtf8(buffer, formattable, format);
                break;
            case ISpanFormattable formattable:
                AppendUtf16(buffer, formattable, format);
                break;
            case IFormattable formattable:
                buffer.Append(formattable.ToString(format, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                AppendItems(buffer, items);
                break;
            default:
                buffer.Append(value.ToString());
                break;
        }
    }

    /// <summary>Adds a value that knows its own UTF-8.</summary>
    public static void AppendUtf8<T>(Utf8Buffer buffer, T value, string? format) where T : IUtf8SpanFormattable
    {
        int written;
        for (int room = 64; !value.TryFormat(buffer.Room(room), out written, format, CultureInfo.InvariantCulture); room *= 2)
        {
        }

        buffer.Advance(written);
    }

    private static void AppendUtf16(Utf8Buffer buffer, ISpanFormattable value, string? format)
    {
        Span<char> text = stackalloc char[128];
        if (value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture))
        {
            buffer.Append(text[..length]);
        }
        else
        {
            buffer.Append(value.ToString(format, CultureInfo.InvariantCulture));
        }
    }

    private static void AppendItems(Utf8Buffer buffer, IEnumerable items)
    {
        bool isFirst = true;
        foreach (object? item in items)
        {
            buffer.Append(isFirst ? "" : ", ");
            buffer.Append(item is null ? NoValue : item.ToString());
            isFirst = false;
        }
    }
}
