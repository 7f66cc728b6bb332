using System.Collections.Frozen;

namespace IpMpsc.Schemas;

/// <summary>The types that every schema knows by name.</summary>
internal static class SchemaTypes
{
    private static readonly FrozenDictionary<string, SchemaType> s_types = new[]
    {
        Number(SchemaKind.Bool, "bool", 1),
        Number(SchemaKind.Char, "char", 2),
        new SchemaType(SchemaKind.Guid, "guid", size: 16, alignment: 4),
        Number(SchemaKind.Int8, "i8", 1),
        Number(SchemaKind.Int16, "i16", 2),
        Number(SchemaKind.Int32, "i32", 4),
        Number(SchemaKind.Int64, "i64", 8),
        Number(SchemaKind.Int128, "i128", 16),
        Number(SchemaKind.UInt8, "u8", 1),
        Number(SchemaKind.UInt16, "u16", 2),
        Number(SchemaKind.UInt32, "u32", 4),
        Number(SchemaKind.UInt64, "u64", 8),
        Number(SchemaKind.UInt128, "u128", 16),
        Number(SchemaKind.Float16, "f16", 2),
        Number(SchemaKind.Float32, "f32", 4),
        Number(SchemaKind.Float64, "f64", 8),
        Text(SchemaKind.Utf8, "utf8", dataAlignment: 1),
        Text(SchemaKind.Utf16, "utf16", dataAlignment: 2),
        Text(SchemaKind.Address, "address", dataAlignment: 1),
    }.ToFrozenDictionary(type => type.Text);

    public static SchemaType? Find(string name) => s_types.GetValueOrDefault(name);

    private static SchemaType Number(SchemaKind kind, string name, int size) => new(kind, name, size, alignment: size);

    private static SchemaType Text(SchemaKind kind, string name, int dataAlignment) =>
        new(kind, name, SchemaType.RangeSize, SchemaType.RangeAlignment) { DataAlignment = dataAlignment };
}
