using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace IpMpsc.Schemas;

/// <summary>Reads values of the types of a schema from JSON.</summary>
internal static class JsonValueReader
{
    private const int MaxQuote = 60;

    public static MessageValue Read(IReadOnlyList<SchemaField> fields, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new MessageValueException(path, "message", $"'{path}' is a message, so it needs a JSON object; {Quote(json)} is not one.");
        }

        MessageValue message = [];
        foreach (JsonProperty property in json.EnumerateObject())
        {
            SchemaField field = fields.FirstOrDefault(field => field.Name == property.Name)
                ?? throw new MessageValueException(path, null, $"'{path}' has no field '{property.Name}'.");
            message[field.Name] = Value(field.Type, property.Value, $"{path}.{field.Name}");
        }

        return message;
    }

    private static object? Value(SchemaType type, JsonElement json, string path)
    {
        if (json.ValueKind == JsonValueKind.Null && (type.IsNullable || type.Kind == SchemaKind.Message))
        {
            return null;
        }

        object? value = type.Kind switch
        {
            SchemaKind.Nullable => Value(type.Element!, json, path),
            SchemaKind.Struct or SchemaKind.Message or SchemaKind.Tuple => Read(type.Fields, json, path),
            SchemaKind.Array or SchemaKind.FixedArray when type.Element!.Kind == SchemaKind.UInt8 =>
                json.ValueKind == JsonValueKind.String && json.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : null,
            SchemaKind.Array or SchemaKind.Map or SchemaKind.FixedArray => Elements(type.Element!, json, path),
            SchemaKind.Utf8 or SchemaKind.Utf16 or SchemaKind.Address or SchemaKind.Uri or SchemaKind.Version or SchemaKind.IPAddress =>
                Text(json),
            SchemaKind.BigInteger => Parse<BigInteger>(json),
            SchemaKind.Enum => Member(type, json) ?? Scalar(type.Element!.Kind, json),
            _ => Scalar(type.Kind, json),
        };
        return value ?? throw new MessageValueException(path, type.Text, $"'{path}' is of type {type}; {Quote(json)} is not a value of it.");
    }

    /// <summary>A string; null for all else, and for one with half a surrogate pair in it, which is no text.</summary>
    private static string? Text(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A value as it was written, cut off where it gets long.</summary>
    private static string Quote(JsonElement json) => json.GetRawText() is { Length: > MaxQuote } text ? $"{text[..MaxQuote]}..." : json.GetRawText();

    private static object?[]? Elements(SchemaType element, JsonElement json, string path) =>
        json.ValueKind == JsonValueKind.Array
            ? [.. json.EnumerateArray().Select((item, index) => Value(element, item, $"{path}[{index}]"))]
            : null;

    /// <summary>The number of a member of an enum that is given by its name.</summary>
    private static object? Member(SchemaType type, JsonElement json)
    {
        string? name = Text(json);
        return type.Members.FirstOrDefault(member => member.Name == name) is { } found ? Scalars.Convert(type.Element!.Kind, found.Value) : null;
    }

    private static object? Scalar(SchemaKind kind, JsonElement json) => (kind, json.ValueKind) switch
    {
        (SchemaKind.Bool, JsonValueKind.True or JsonValueKind.False) => json.GetBoolean(),
        (SchemaKind.Guid, JsonValueKind.String) => json.TryGetGuid(out Guid guid) ? guid : null,
        (SchemaKind.Char, JsonValueKind.String) => Text(json) is [var letter] ? letter : null,
        (SchemaKind.Char, JsonValueKind.Number) => Parse<ushort>(json) is { } code ? (char)(ushort)code : null,
        (SchemaKind.DateTime, JsonValueKind.String) =>
            DateTime.TryParse(Text(json), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time) ? time : null,
        (SchemaKind.DateTimeOffset, JsonValueKind.String) =>
            DateTimeOffset.TryParse(Text(json), CultureInfo.InvariantCulture, out DateTimeOffset time) ? time : null,
        (SchemaKind.TimeSpan, JsonValueKind.String) => TimeSpan.TryParse(Text(json), CultureInfo.InvariantCulture, out TimeSpan span) ? span : null,
        (SchemaKind.Date, JsonValueKind.String) => DateOnly.TryParse(Text(json), CultureInfo.InvariantCulture, out DateOnly date) ? date : null,
        (SchemaKind.Time, JsonValueKind.String) => TimeOnly.TryParse(Text(json), CultureInfo.InvariantCulture, out TimeOnly time) ? time : null,
        (SchemaKind.Decimal, JsonValueKind.Number) => Parse<decimal>(json),
        (SchemaKind.Rune, JsonValueKind.String) =>
            Text(json) is { Length: > 0 } text && Rune.TryGetRuneAt(text, 0, out Rune rune) && rune.Utf16SequenceLength == text.Length ? rune : null,
        (SchemaKind.Index, JsonValueKind.Number) => Parse<int>(json) is int and >= 0 and var start ? new Index(start) : null,
        (SchemaKind.Index, JsonValueKind.String) => FromEnd(Text(json)),
        (SchemaKind.Float16, _) => Parse<Half>(json),
        (SchemaKind.Float32, _) => Parse<float>(json),
        (SchemaKind.Float64, _) => Parse<double>(json),
        (SchemaKind.Int8, JsonValueKind.Number) => Parse<sbyte>(json),
        (SchemaKind.Int16, JsonValueKind.Number) => Parse<short>(json),
        (SchemaKind.Int32, JsonValueKind.Number) => Parse<int>(json),
        (SchemaKind.Int64, JsonValueKind.Number) => Parse<long>(json),
        (SchemaKind.Int128, JsonValueKind.Number) => Parse<Int128>(json),
        (SchemaKind.UInt8, JsonValueKind.Number) => Parse<byte>(json),
        (SchemaKind.UInt16, JsonValueKind.Number) => Parse<ushort>(json),
        (SchemaKind.UInt32, JsonValueKind.Number) => Parse<uint>(json),
        (SchemaKind.UInt64, JsonValueKind.Number) => Parse<ulong>(json),
        (SchemaKind.UInt128, JsonValueKind.Number) => Parse<UInt128>(json),
        _ => null,
    };

    /// <summary>A position from the end, spelled as in C#.</summary>
    private static object? FromEnd(string? text) =>
        text is ['^', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int end) ? new Index(end, fromEnd: true) : null;

    /// <summary>A number from its digits; NaN and the infinities, which only floats know, from their names.</summary>
    private static object? Parse<T>(JsonElement json) where T : struct, INumberBase<T>
    {
        string? text = json.ValueKind switch
        {
            JsonValueKind.Number => json.GetRawText(),
            JsonValueKind.String => Text(json),
            _ => null,
        };
        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T value) ? value : null;
    }
}
