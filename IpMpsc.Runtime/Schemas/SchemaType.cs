namespace IpMpsc.Schemas;

/// <summary>The type of a field.</summary>
public sealed class SchemaType
{
    internal const int RangeSize = 8;
    internal const int RangeAlignment = 4;

    internal SchemaType(SchemaKind kind, string text, int size, int alignment)
    {
        Kind = kind;
        Text = text;
        Size = size;
        Alignment = alignment;
    }

    /// <summary>What kind of type it is.</summary>
    public SchemaKind Kind { get; }

    /// <summary>The type as the schema spells it.</summary>
    public string Text { get; }

    /// <summary>Bytes that it takes in the fixed block.</summary>
    public int Size { get; }

    /// <summary>What its offset in the fixed block is a multiple of.</summary>
    public int Alignment { get; }

    /// <summary>Whether null and empty differ.</summary>
    public bool IsNullable { get; internal init; }

    /// <summary>The type of the elements of an array, or the integer behind an enum; null for all else.</summary>
    public SchemaType? Element { get; internal init; }

    /// <summary>How many elements a <see cref="SchemaKind.FixedArray"/> has.</summary>
    public int Count { get; internal init; }

    /// <summary>The fields of a nested message; empty for all else.</summary>
    public IReadOnlyList<SchemaField> Fields { get; internal init; } = [];

    /// <summary>Whether its bytes lie behind the fixed block.</summary>
    public bool IsVariable => Kind >= SchemaKind.Utf8;

    /// <summary>Bytes of the fixed block of a <see cref="SchemaKind.Message"/>.</summary>
    internal int BlockSize { get; init; }

    /// <summary>What the offset of anything behind the fixed block is a multiple of.</summary>
    internal int DataAlignment { get; init; } = 1;

    /// <inheritdoc cref="Text" />
    public override string ToString() => Text;
}
