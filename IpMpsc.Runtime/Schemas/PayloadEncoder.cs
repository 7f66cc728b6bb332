using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.InteropServices;
using IpMpsc.Wire;

namespace IpMpsc.Schemas;

/// <summary>Makes a payload by its schema alone, byte for byte as generated code does.</summary>
internal sealed class PayloadEncoder
{
    private readonly List<byte> _bytes = [];

    /// <summary>Where the message that is being written begins; ranges count from there.</summary>
    private int _start;

    public static byte[] Encode(SchemaMessage message, MessageValue value)
    {
        PayloadEncoder encoder = new();
        encoder.Message(message.Fields, message.Size, value, message.Name);
        return [.. encoder._bytes];
    }

    private void Message(IReadOnlyList<SchemaField> fields, int size, MessageValue value, string path)
    {
        int outer = _start;
        _start = _bytes.Count;
        Grow(size);
        Fields(fields, value, _start, path);
        _start = outer;
    }

    private void Fields(IReadOnlyList<SchemaField> fields, MessageValue value, int block, string path)
    {
        foreach (string name in value.Names)
        {
            if (!fields.Any(field => field.Name == name))
            {
                throw new MessageValueException(path, null, $"'{path}' has no field '{name}'.");
            }
        }

        foreach (SchemaField field in fields)
        {
            // A field without a value is zeros, which is the value that each type has without one.
            if (value[field.Name] is { } given)
            {
                Value(field.Type, given, block + field.Offset, $"{path}.{field.Name}");
            }
        }
    }

    private void Value(SchemaType type, object? value, int stored, string path)
    {
        switch (type.Kind, value)
        {
            case (SchemaKind.Struct or SchemaKind.Tuple, MessageValue message):
                Fields(type.Fields, message, stored, path);
                break;
            case (SchemaKind.Message, MessageValue message):
                int start = Align(type.DataAlignment);
                Message(type.Fields, type.BlockSize, message, path);
                Grow(WireRange.VersionSize);
                BinaryPrimitives.WriteUInt16LittleEndian(CollectionsMarshal.AsSpan(_bytes)[^WireRange.VersionSize..], type.Version);
                StoreRange(stored, start);
                break;
            case (SchemaKind.Nullable, _):
                _bytes[stored] = 1;
                Value(type.Element!, value, stored + type.Alignment, path);
                break;
            case (SchemaKind.FixedArray, _):
                FixedArray(type, value, stored, path);
                break;
            case (SchemaKind.Array or SchemaKind.Map, _):
                Array(type, value, stored, path);
                break;
            case (SchemaKind.Utf8 or SchemaKind.Address, string text):
                Append(StrictUtf8.Encoding.GetBytes(text), 1, stored);
                break;
            case (SchemaKind.Uri or SchemaKind.Version or SchemaKind.IPAddress, string text) when Spells(type.Kind, text):
                Append(StrictUtf8.Encoding.GetBytes(text), 1, stored);
                break;
            case (SchemaKind.BigInteger, BigInteger number):
                Append(number.ToByteArray(), 1, stored);
                break;
            case (SchemaKind.Utf16, string text):
                Append(MemoryMarshal.AsBytes(text.AsSpan()), sizeof(char), stored);
                break;
            default:
                SchemaType scalar = type.Kind == SchemaKind.Enum ? type.Element! : type;
                if (!Scalars.TryWrite(scalar.Kind, value, CollectionsMarshal.AsSpan(_bytes).Slice(stored, type.Size)))
                {
                    throw Mismatch(type, value, path);
                }

                break;
        }
    }

    private void FixedArray(SchemaType type, object? value, int stored, string path)
    {
        if (Count(value) != type.Count)
        {
            throw Mismatch(type, value, path);
        }

        Elements(type.Element!, value!, stored, path);
    }

    private void Array(SchemaType type, object? value, int stored, string path)
    {
        int count = Count(value);
        if (count < 0)
        {
            throw Mismatch(type, value, path);
        }

        SchemaType element = type.Element!;
        int start = Align(type.DataAlignment);
        Grow(checked(count * element.Size));
        StoreRange(stored, start);
        Elements(element, value!, start, path);
    }

    private void Elements(SchemaType element, object value, int start, string path)
    {
        if (value is byte[] bytes && element.Kind == SchemaKind.UInt8)
        {
            bytes.CopyTo(CollectionsMarshal.AsSpan(_bytes)[start..]);
            return;
        }

        // What alignment leaves free between elements stays zero.
        object?[] values = value as object?[] ?? throw Mismatch(element, value, path);
        for (int index = 0; index < values.Length; index++)
        {
            if (values[index] is null && (element.IsNullable || element.Kind == SchemaKind.Message))
            {
                continue;
            }

            Value(element, values[index], start + (index * element.Size), $"{path}[{index}]");
        }
    }

    /// <summary>Whether a text spells such a value; the empty one is the value that stands for none.</summary>
    private static bool Spells(SchemaKind kind, string text) => text.Length == 0 || kind switch
    {
        SchemaKind.Uri => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        SchemaKind.Version => Version.TryParse(text, out _),
        _ => IPAddress.TryParse(text, out _),
    };

    private static int Count(object? value) => (value as Array)?.Length ?? -1;

    private void Append(ReadOnlySpan<byte> bytes, int alignment, int stored)
    {
        int start = Align(alignment);
        Grow(bytes.Length);
        bytes.CopyTo(CollectionsMarshal.AsSpan(_bytes)[start..]);
        StoreRange(stored, start);
    }

    /// <summary>Stores the range of everything from a position to the end.</summary>
    private void StoreRange(int stored, int start)
    {
        WireRange range = new((uint)(start - _start), (uint)(_bytes.Count - start));
        MemoryMarshal.Write(CollectionsMarshal.AsSpan(_bytes)[stored..], in range);
    }

    private int Align(int alignment)
    {
        Grow(BlockLayout.AlignUp(_bytes.Count - _start, alignment) - (_bytes.Count - _start));
        return _bytes.Count;
    }

    private void Grow(int count) => CollectionsMarshal.SetCount(_bytes, checked(_bytes.Count + count));

    private static MessageValueException Mismatch(SchemaType type, object? value, string path) =>
        new(path, type.Text, $"'{path}' is of type {type}; a {Describe(value)} is not a value of it.");

    private static string Describe(object? value) => value switch
    {
        null => "null",
        Array array => string.Create(CultureInfo.InvariantCulture, $"{value.GetType().Name} of {array.Length:N0}"),
        _ => value.GetType().Name,
    };
}
