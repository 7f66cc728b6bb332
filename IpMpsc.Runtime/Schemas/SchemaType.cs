namespace IpMpsc.Schemas;

/// <summary>The type of a field.</summary>
public sealed class SchemaType
{
    internal const int RangeSize = 8;
    internal const int RangeAlignment = 4;

    // Computed once: types share their definitions, so a walk through all fields can be exponentially long.
    private bool? _isVariable;
    private int? _deepAlignment;

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

    /// <summary>Full name of an enum or a message; empty for all else.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The version of a <see cref="SchemaKind.Message"/>; 1 for all else.</summary>
    public ushort Version { get; internal init; } = 1;

    /// <summary>Bytes that it takes in the fixed block.</summary>
    public int Size { get; }

    /// <summary>What its offset in the fixed block is a multiple of.</summary>
    public int Alignment { get; }

    /// <summary>Whether it can be null.</summary>
    public bool IsNullable { get; internal init; }

    /// <summary>
    /// The type of the elements of an array, of the entries of a map, of what is not null, or the integer behind an enum;
    /// null for all else.
    /// </summary>
    public SchemaType? Element { get; internal init; }

    /// <summary>How many elements a <see cref="SchemaKind.FixedArray"/> has.</summary>
    public int Count { get; internal init; }

    /// <summary>The fields of a nested message or a tuple; empty for all else.</summary>
    public IReadOnlyList<SchemaField> Fields { get; internal init; } = [];

    /// <summary>The members of an enum; empty for all else.</summary>
    public IReadOnlyList<SchemaEnumMember> Members { get; internal init; } = [];

    /// <summary>Whether bytes of it lie behind the fixed block.</summary>
    public bool IsVariable =>
        _isVariable ??= IsRange || Element is { IsVariable: true } || Fields.Any(member => member.Type.IsVariable);

    /// <summary>Whether the fixed block holds nothing but the range of its bytes.</summary>
    internal bool IsRange => Kind >= SchemaKind.Utf8;

    /// <summary>Bytes of the fixed block of a <see cref="SchemaKind.Message"/>.</summary>
    internal int BlockSize { get; init; }

    /// <summary>What the offset of its range is a multiple of.</summary>
    internal int DataAlignment { get; init; } = 1;

    /// <summary>What the offset of anything behind the fixed block is a multiple of, for it and all that it contains.</summary>
    internal int DeepAlignment => _deepAlignment ??= Math.Max(
        Math.Max(DataAlignment, Element?.DeepAlignment ?? 1),
        Kind == SchemaKind.Message ? 1 : Fields.Select(member => member.Type.DeepAlignment).DefaultIfEmpty(1).Max());

    /// <summary>Levels of ranges within each other, at most.</summary>
    internal int Depth { get; init; }

    /// <summary>Bytes of the fixed block of a <see cref="SchemaKind.Message"/> in some version; a later one has at least those of this one.</summary>
    internal int BlockSizeIn(ushort version) =>
        version >= Version ? BlockSize : BlockLayout.Of(Fields.TakeWhile(field => field.Since <= version)).Size;

    /// <inheritdoc cref="Text" />
    public override string ToString() => Text;
}
