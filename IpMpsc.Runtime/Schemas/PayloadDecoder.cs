using System.Runtime.InteropServices;
using IpMpsc.Wire;

namespace IpMpsc.Schemas;

/// <summary>Reads a payload by its schema alone. Neither the payload nor the schema is trusted.</summary>
internal ref struct PayloadDecoder
{
    /// <summary>
    /// Bytes that ranges may still ask for. In an honest payload each byte is in one range for each level
    /// of nesting; ranges that all point at the same bytes would otherwise multiply with every level.
    /// </summary>
    private long _budget;

    public static MessageValue Decode(SchemaMessage message, ReadOnlySpan<byte> payload, ushort version)
    {
        int size = message.SizeIn(version);
        if (payload.Length < size)
        {
            WireThrowHelper.ThrowPayloadTooShort(payload.Length, size);
        }

        PayloadDecoder decoder = new() { _budget = (long)payload.Length * Depth(message.Fields) };
        return decoder.Fields(message.Fields.TakeWhile(field => field.Since <= version), payload, block: payload);
    }

    private MessageValue Fields(IEnumerable<SchemaField> fields, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> block)
    {
        MessageValue value = [];
        foreach (SchemaField field in fields)
        {
            value.Add(field.Name, Value(field.Type, field.Name, payload, block.Slice(field.Offset, field.Type.Size)));
        }

        return value;
    }

    /// <summary>The value of a field or an element, of which <paramref name="stored"/> is in the block.</summary>
    private object? Value(SchemaType type, string field, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> stored) => type.Kind switch
    {
        SchemaKind.Enum => Scalars.Read(type.Element!.Kind, stored),
        SchemaKind.Struct => Fields(type.Fields, payload, stored),
        SchemaKind.FixedArray => Elements(type.Element!, field, payload, stored),
        SchemaKind.Message => Message(type, field, payload, MemoryMarshal.Read<WireRange>(stored)),
        SchemaKind.Array => Array(type, field, payload, MemoryMarshal.Read<WireRange>(stored)),
        SchemaKind.Utf8 or SchemaKind.Utf16 or SchemaKind.Address =>
            Text(type, field, payload, MemoryMarshal.Read<WireRange>(stored)),
        _ => Scalars.Read(type.Kind, stored),
    };

    private string? Text(SchemaType type, string field, ReadOnlySpan<byte> payload, WireRange range)
    {
        Spend(range, field);
        return (type.Kind, type.IsNullable) switch
        {
            (SchemaKind.Utf16, true) => WireCopy.Text16OrNull(payload, range, field),
            (SchemaKind.Utf16, false) => WireCopy.Text16(payload, range, field),
            (_, true) => WireCopy.TextOrNull(payload, range, field),
            (_, false) => WireCopy.Text(payload, range, field),
        };
    }

    private object? Array(SchemaType type, string field, ReadOnlySpan<byte> payload, WireRange range)
    {
        if (type.IsNullable && !WireReader.HasValue(range))
        {
            return null;
        }

        Spend(range, field);
        bool ofMessages = type.Element!.Kind == SchemaKind.Message;
        int alignment = ofMessages ? SchemaType.RangeAlignment : type.DataAlignment;
        return Elements(type.Element, field, payload, WireReader.Array<byte>(payload, range, alignment, field));
    }

    private object Elements(SchemaType element, string field, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> stored)
    {
        if (element.Kind == SchemaKind.UInt8)
        {
            return stored.ToArray();
        }

        (int count, int rest) = Math.DivRem(stored.Length, element.Size);
        if (rest != 0)
        {
            throw new MessageFormatException($"Field '{field}' has {stored.Length:N0} bytes, no multiple of {element.Size:N0}.");
        }

        object?[] values = new object?[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = Value(element, field, payload, stored.Slice(index * element.Size, element.Size));
        }

        return values;
    }

    private MessageValue? Message(SchemaType type, string field, ReadOnlySpan<byte> payload, WireRange range)
    {
        if (!WireReader.HasValue(range))
        {
            return null;
        }

        Spend(range, field);
        ReadOnlySpan<byte> nested = WireReader.Array<byte>(payload, range, type.DataAlignment, field);
        if (nested.Length < type.BlockSize)
        {
            WireThrowHelper.ThrowPayloadTooShort(nested.Length, type.BlockSize);
        }

        return Fields(type.Fields, nested, block: nested);
    }

    private static int Depth(IEnumerable<SchemaField> fields) =>
        1 + fields.Select(field => Depth(field.Type)).DefaultIfEmpty().Max();

    private static int Depth(SchemaType type) =>
        type.Element is { } element ? Depth(element) : type.Fields.Count > 0 ? Depth(type.Fields) : 0;

    private void Spend(WireRange range, string field)
    {
        _budget -= range.Length;
        if (_budget < 0)
        {
            throw new MessageFormatException($"The ranges of the message overlap; noticed at field '{field}'.");
        }
    }
}
