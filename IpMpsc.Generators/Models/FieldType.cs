namespace IpMpsc.Generators.Models;

/// <summary>What the wire format knows about the type of a field.</summary>
/// <param name="Kind">How it travels.</param>
/// <param name="SchemaName">Its name in the schema text.</param>
/// <param name="Size">Bytes in the fixed block.</param>
/// <param name="Alignment">What its offset in the fixed block is a multiple of.</param>
/// <param name="Members">The fields of a nested message; empty for all else.</param>
internal sealed record FieldType(
    FieldKind Kind,
    string SchemaName,
    int Size,
    int Alignment,
    EquatableArray<FieldModel> Members = default)
{
    public bool IsVariable => Kind is not (FieldKind.Fixed or FieldKind.Boolean);

    /// <summary>Whether null and empty differ.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Whether an array is declared as a <c>ReadOnlyMemory</c>.</summary>
    public bool IsMemory { get; init; }

    /// <summary>Whether it is declared as <c>fixed T name[n]</c>.</summary>
    public bool IsBuffer { get; init; }

    /// <summary>C# name of the elements of an array, or of a nested message with variable fields.</summary>
    public string ElementName { get; init; } = "";

    /// <summary>What the offset of anything behind the fixed block is a multiple of.</summary>
    public int DataAlignment { get; init; } = 1;

    /// <summary>The struct that lies in the ring as it lies in memory, if it is not one of .NET's own numbers.</summary>
    public StructImage? Image { get; init; }
}
