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

    /// <summary>A named integer; <see cref="SchemaType.Element"/> is the integer.</summary>
    Enum,

    /// <summary>A message of fixed size within another one.</summary>
    Struct,

    /// <summary>A fixed number of elements within the fixed block.</summary>
    FixedArray,

    /// <summary>Text in UTF-8, behind the fixed block.</summary>
    Utf8,

    /// <summary>Text in UTF-16, behind the fixed block.</summary>
    Utf16,

    /// <summary>The path of a channel in UTF-8, behind the fixed block.</summary>
    Address,

    /// <summary>Any number of elements, behind the fixed block.</summary>
    Array,

    /// <summary>A message with variable fields, behind the fixed block.</summary>
    Message,
}
