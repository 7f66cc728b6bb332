namespace IpMpsc.Generators.Models;

/// <summary>What the wire format and the generated code know about a type. Types are composed of types.</summary>
/// <param name="SchemaName">Its name in the schema text.</param>
/// <param name="Size">Bytes of its slot: in the fixed block, or as an element.</param>
/// <param name="Alignment">What the offset of its slot is a multiple of.</param>
/// <param name="TypeName">The C# type of the owned value.</param>
/// <param name="Slot">The C# type of its slot.</param>
/// <param name="Codec">The C# type that writes and reads it.</param>
internal sealed record FieldType(string SchemaName, int Size, int Alignment, string TypeName, string Slot, string Codec)
{
    public FieldShape Shape { get; init; }

    /// <summary>The C# type that is seen in place; of a nullable one, what is seen if it is not null.</summary>
    public string View { get; init; } = "";

    /// <summary>The C# type that makes what is seen of a slot.</summary>
    public string Access { get; init; } = "";

    /// <summary>Whether its slot is the range of bytes behind the fixed block.</summary>
    public bool IsRange { get; init; }

    /// <summary>Whether bytes of it lie behind the fixed block.</summary>
    public bool IsVariable { get; init; }

    /// <summary>Whether it can be null.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether its slot has the bits of the value in memory, so that a reference to the one is one to the other.</summary>
    public bool HasBitsOfMemory { get; init; }

    /// <summary>Whether it lies in a struct that is its own wire image like in a payload.</summary>
    public bool LiesAsInMemory { get; init; }

    /// <summary>Whether it is declared as <c>fixed T name[n]</c>.</summary>
    public bool IsBuffer { get; init; }

    /// <summary>C# name of the elements of a span, or of the messages behind the block.</summary>
    public string ElementName { get; init; } = "";

    /// <summary>Whether the messages behind the block have a <c>Sizes</c>.</summary>
    public bool HasSizes { get; init; }

    /// <summary>What a view calls the owned value beside the bytes, such as <c>String</c>; empty if it has no such method.</summary>
    public string GetterSuffix { get; init; } = "";

    /// <summary>What the offset of its own range is a multiple of.</summary>
    public int DataAlignment { get; init; } = 1;

    /// <summary>What the offset of anything behind the fixed block is a multiple of, with all that it contains.</summary>
    public int DeepAlignment { get; init; } = 1;

    /// <summary>The structs that must lie in memory as they lie in a payload.</summary>
    public EquatableArray<StructImage> Images { get; init; }

    /// <summary>The definitions of enums and messages that it mentions, each with line feeds, in their order.</summary>
    public EquatableArray<string> Definitions { get; init; }

    /// <summary>The tuples for which the message needs codecs of its own.</summary>
    public EquatableArray<TupleModel> Tuples { get; init; }
}
