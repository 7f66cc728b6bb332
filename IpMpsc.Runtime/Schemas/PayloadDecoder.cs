using System.Globalization;
using System.Numerics;
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

        PayloadDecoder decoder = new() { _budget = (long)payload.Length * message.Depth };
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
        SchemaKind.Enum => Scalars.Read(type.Element!.Kind, stored, field),
        SchemaKind.Struct or SchemaKind.Tuple => Fields(type.Fields, payload, stored),
        SchemaKind.FixedArray => Elements(type.Element!, field, payload, stored),
        SchemaKind.Nullable => stored[0] == 0 ? null : Value(type.Element!, field, payload, stored[type.Alignment..]),
        < SchemaKind.Utf8 => Scalars.Read(type.Kind, stored, field),
        _ => Ranged(type, field, payload, MemoryMarshal.Read<WireRange>(stored)),
    };

    /// <summary>The value behind a range.</summary>
    private object? Ranged(SchemaType type, string field, ReadOnlySpan<byte> payload, WireRange range)
    {
        if (!WireReader.HasValue(range) && (type.IsNullable || type.Kind == SchemaKind.Message))
        {
            return null;
        }

        Spend(range, field);
        return type.Kind switch
        {
            SchemaKind.Message => Message(type, field, payload, range),
            SchemaKind.Array or SchemaKind.Map =>
                Elements(type.Element!, field, payload, WireReader.Array<byte>(payload, range, type.DataAlignment, field)),
            SchemaKind.Utf16 => WireReader.Array<char>(payload, range, field).ToString(),
            SchemaKind.BigInteger => new BigInteger(WireReader.Array<byte>(payload, range, field)),
            _ => StrictUtf8.Read(WireReader.Array<byte>(payload, range, field), field),
        };
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
            throw new MessageFormatException(string.Create(
                CultureInfo.InvariantCulture, $"Field '{field}' has {stored.Length:N0} bytes, which is not a multiple of {element.Size:N0}."));
        }

        object?[] values = new object?[count];
        for (int index = 0; index < count; index++)
        {
            values[index] = Value(element, field, payload, stored.Slice(index * element.Size, element.Size));
        }

        return values;
    }

    private MessageValue Message(SchemaType type, string field, ReadOnlySpan<byte> payload, WireRange range)
    {
        ReadOnlySpan<byte> nested = WireReader.Array<byte>(payload, range, type.DataAlignment, field);
        ushort version = WireReader.VersionOf(ref nested, field);
        int size = type.BlockSizeIn(version);
        if (nested.Length < size)
        {
            WireThrowHelper.ThrowPayloadTooShort(nested.Length, size);
        }

        return Fields(type.Fields.TakeWhile(member => member.Since <= version), nested, block: nested);
    }

    private void Spend(WireRange range, string field)
    {
        _budget -= range.Length;
        if (_budget < 0)
        {
            throw new MessageFormatException($"The ranges of the message overlap at field '{field}'.");
        }
    }
}
