using System.Collections.Frozen;
using System.Globalization;

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
        new SchemaType(SchemaKind.DateTime, "datetime", size: 8, alignment: 8),
        new SchemaType(SchemaKind.DateTimeOffset, "datetimeoffset", size: 16, alignment: 8),
        new SchemaType(SchemaKind.TimeSpan, "timespan", size: 8, alignment: 8),
        new SchemaType(SchemaKind.Date, "date", size: 4, alignment: 4),
        new SchemaType(SchemaKind.Time, "time", size: 8, alignment: 8),
        new SchemaType(SchemaKind.Decimal, "decimal", size: 16, alignment: 8),
        new SchemaType(SchemaKind.Rune, "rune", size: 4, alignment: 4),
        new SchemaType(SchemaKind.Index, "index", size: 4, alignment: 4),
        Text(SchemaKind.Utf8, "utf8", dataAlignment: 1),
        Text(SchemaKind.Utf16, "utf16", dataAlignment: 2),
        Text(SchemaKind.Address, "address", dataAlignment: 1),
        Text(SchemaKind.Uri, "uri", dataAlignment: 1),
        Text(SchemaKind.Version, "version", dataAlignment: 1),
        Text(SchemaKind.IPAddress, "ip", dataAlignment: 1),
        Text(SchemaKind.BigInteger, "bigint", dataAlignment: 1),
    }.ToFrozenDictionary(type => type.Text);

    public static SchemaType? Find(string name) => s_types.GetValueOrDefault(name);

    /// <summary>An integer that an enum can be made of.</summary>
    public static SchemaType? FindInteger(string name) =>
        Find(name) is { Kind: >= SchemaKind.Int8 and <= SchemaKind.UInt64 and not SchemaKind.Int128 } integer ? integer : null;

    /// <summary>A number that an integer of up to 64 bits can hold, spelled in the one way there is.</summary>
    public static bool TryParse(SchemaKind integer, string digits, out Int128 value)
    {
        (Int128 min, Int128 max) = integer switch
        {
            SchemaKind.Int8 => ((Int128)sbyte.MinValue, (Int128)sbyte.MaxValue),
            SchemaKind.Int16 => (short.MinValue, short.MaxValue),
            SchemaKind.Int32 => (int.MinValue, int.MaxValue),
            SchemaKind.Int64 => (long.MinValue, long.MaxValue),
            SchemaKind.UInt8 => (0, byte.MaxValue),
            SchemaKind.UInt16 => (0, ushort.MaxValue),
            SchemaKind.UInt32 => (0, uint.MaxValue),
            _ => (0, ulong.MaxValue),
        };
        return Int128.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max
            && value.ToString(CultureInfo.InvariantCulture) == digits;
    }

    private static SchemaType Number(SchemaKind kind, string name, int size) => new(kind, name, size, alignment: size);

    private static SchemaType Text(SchemaKind kind, string name, int dataAlignment) =>
        new(kind, name, SchemaType.RangeSize, SchemaType.RangeAlignment) { DataAlignment = dataAlignment, Depth = 1 };
}
