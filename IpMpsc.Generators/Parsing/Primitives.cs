using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Parsing;

/// <summary>The types of .NET that lie in the fixed block: the table from C# to the schema.</summary>
internal static class Primitives
{
    /// <summary>What a type is in a message; null if it is not one of these.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">Its name in C#.</param>
    public static FieldType? Find(INamedTypeSymbol type, string name) => type.SpecialType switch
    {
        SpecialType.System_Boolean => Value(name, "bool", 1, 1, "byte", "BooleanCodec") with { LiesAsInMemory = true },
        SpecialType.System_SByte => Number(name, "i8", 1),
        SpecialType.System_Byte => Number(name, "u8", 1),
        SpecialType.System_Int16 => Number(name, "i16", 2),
        SpecialType.System_UInt16 => Number(name, "u16", 2),
        SpecialType.System_Int32 => Number(name, "i32", 4),
        SpecialType.System_UInt32 => Number(name, "u32", 4),
        SpecialType.System_Int64 => Number(name, "i64", 8),
        SpecialType.System_UInt64 => Number(name, "u64", 8),
        SpecialType.System_Single => Number(name, "f32", 4),
        SpecialType.System_Double => Number(name, "f64", 8),
        SpecialType.System_Char => Number(name, "char", 2),
        SpecialType.System_Decimal => Value(name, "decimal", 16, 8, CodecNames.Wire + "DecimalSlot", "DecimalCodec"),
        SpecialType.System_DateTime => Value(name, "datetime", 8, 8, "ulong", "Times.DateTimeCodec"),
        SpecialType.None when type.IsInSystem() => type.MetadataName switch
        {
            "Half" => Number(name, "f16", 2),
            "Int128" => Number(name, "i128", 16),
            "UInt128" => Number(name, "u128", 16),
            "Guid" => Image(name, "guid", 16, 4),
            "Index" => Index(name),
            "TimeSpan" => Value(name, "timespan", 8, 8, "long", "Times.TimeSpanCodec"),
            "DateOnly" => Value(name, "date", 4, 4, "int", "Times.DateOnlyCodec"),
            "TimeOnly" => Value(name, "time", 8, 8, "long", "Times.TimeOnlyCodec"),
            "DateTimeOffset" => Value(name, "datetimeoffset", 16, 8, CodecNames.Wire + "OffsetSlot", "Times.DateTimeOffsetCodec") with
            {
                HasBitsOfMemory = false,
            },
            _ => null,
        },
        SpecialType.None when type.IsIn("System.Text") && type.MetadataName == "Rune" => Value(name, "rune", 4, 4, "uint", "RuneCodec"),
        SpecialType.None when type.IsIn("System.Numerics") => type.MetadataName switch
        {
            "Complex" => Several(name, "f64", 2, 8),
            "Vector2" => Several(name, "f32", 2, 4),
            "Vector3" => Several(name, "f32", 3, 4),
            "Vector4" or "Quaternion" or "Plane" => Several(name, "f32", 4, 4),
            "Matrix3x2" => Several(name, "f32", 6, 4),
            "Matrix4x4" => Several(name, "f32", 16, 4),
            _ => null,
        },
        _ => null,
    };

    /// <summary>A position, of which a range has two.</summary>
    public static FieldType Index(string name) => Value(name, "index", 4, 4, "int", "IndexCodec");

    /// <summary>A value that lies in a payload as it lies in memory.</summary>
    public static FieldType Image(string name, string schemaName, int size, int alignment)
    {
        string codec = CodecNames.Codec("Image", name);
        return new FieldType(schemaName, size, alignment, name, name, codec)
        {
            Shape = FieldShape.Image,
            View = name,
            Access = CodecNames.Copied(name, name, codec),
            HasBitsOfMemory = true,
            LiesAsInMemory = true,
        };
    }

    /// <summary>A value in the fixed block of which not all bits are valid.</summary>
    public static FieldType Value(string name, string schemaName, int size, int alignment, string slot, string codec)
    {
        codec = codec.Contains("::") ? codec : CodecNames.Codec(codec);
        return new FieldType(schemaName, size, alignment, name, slot, codec)
        {
            Shape = FieldShape.Value,
            View = name,
            Access = CodecNames.Copied(name, slot, codec),
            HasBitsOfMemory = true,
        };
    }

    private static FieldType Number(string name, string schemaName, int size) => Image(name, schemaName, size, size);

    private static FieldType Several(string name, string number, int count, int size) =>
        Image(name, $"{number}[{count}]", count * size, size) with { Images = EquatableArray.Of(new StructImage(name, count * size)) };
}
