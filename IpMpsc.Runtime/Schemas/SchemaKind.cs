namespace IpMpsc.Schemas;

/// <summary>The kinds of types that a schema knows.</summary>
public enum SchemaKind
{
    /// <summary>One byte; true if it is not 0.</summary>
    Bool,

    /// <summary>A UTF-16 code unit.</summary>
    Char,

    /// <summary>16 bytes in the order of <see cref="System.Guid"/>.</summary>
    Guid,

    /// <summary>A signed integer of 8 bits.</summary>
    Int8,

    /// <summary>A signed integer of 16 bits.</summary>
    Int16,

    /// <summary>A signed integer of 32 bits.</summary>
    Int32,

    /// <summary>A signed integer of 64 bits.</summary>
    Int64,

    /// <summary>A signed integer of 128 bits.</summary>
    Int128,

    /// <summary>An unsigned integer of 8 bits.</summary>
    UInt8,

    /// <summary>An unsigned integer of 16 bits.</summary>
    UInt16,

    /// <summary>An unsigned integer of 32 bits.</summary>
    UInt32,

    /// <summary>An unsigned integer of 64 bits.</summary>
    UInt64,

    /// <summary>An unsigned integer of 128 bits.</summary>
    UInt128,

    /// <summary>An IEEE 754 number of 16 bits.</summary>
    Float16,

    /// <summary>An IEEE 754 number of 32 bits.</summary>
    Float32,

    /// <summary>An IEEE 754 number of 64 bits.</summary>
    Float64,

    /// <summary>A <see cref="System.DateTime"/>: ticks in the lower 62 bits, the kind in the upper two.</summary>
    DateTime,

    /// <summary>A <see cref="System.DateTimeOffset"/>: ticks of UTC, then minutes of the offset.</summary>
    DateTimeOffset,

    /// <summary>A <see cref="System.TimeSpan"/> in ticks.</summary>
    TimeSpan,

    /// <summary>A <see cref="System.DateOnly"/>: days since 0001-01-01.</summary>
    Date,

    /// <summary>A <see cref="System.TimeOnly"/> in ticks.</summary>
    Time,

    /// <summary>A <see cref="decimal"/>: scale and sign, the upper 32 bits, the lower 64.</summary>
    Decimal,

    /// <summary>A Unicode scalar value.</summary>
    Rune,

    /// <summary>A <see cref="System.Index"/>: a position from the start or, as its complement, one from the end.</summary>
    Index,

    /// <summary>A named integer; <see cref="SchemaType.Element"/> is the integer, <see cref="SchemaType.Members"/> the names.</summary>
    Enum,

    /// <summary>A struct within the fixed block: a message of fixed size, or a foreign struct.</summary>
    Struct,

    /// <summary>A fixed number of elements within the fixed block.</summary>
    FixedArray,

    /// <summary>A value within the fixed block that may be null; <see cref="SchemaType.Element"/> is the value.</summary>
    Nullable,

    /// <summary>Several values side by side; <see cref="SchemaType.Fields"/> has their names.</summary>
    Tuple,

    /// <summary>Text in UTF-8, behind the fixed block.</summary>
    Utf8,

    /// <summary>Text in UTF-16, behind the fixed block.</summary>
    Utf16,

    /// <summary>The path of a channel in UTF-8, behind the fixed block.</summary>
    Address,

    /// <summary>A URI in UTF-8, behind the fixed block.</summary>
    Uri,

    /// <summary>A version number in UTF-8, behind the fixed block.</summary>
    Version,

    /// <summary>An address of the internet in UTF-8, behind the fixed block.</summary>
    IPAddress,

    /// <summary>An integer of any length in two's complement, behind the fixed block.</summary>
    BigInteger,

    /// <summary>Any number of elements, behind the fixed block.</summary>
    Array,

    /// <summary>Keys with values, behind the fixed block; <see cref="SchemaType.Element"/> is a tuple of Key and Value.</summary>
    Map,

    /// <summary>A message that is a payload of its own, behind the fixed block.</summary>
    Message,
}
