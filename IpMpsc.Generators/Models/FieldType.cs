namespace IpMpsc.Generators;

/// <summary>What the wire format knows about the type of a field.</summary>
/// <param name="Kind">How it travels.</param>
/// <param name="SchemaName">Its name in the schema text.</param>
/// <param name="Size">Bytes in the fixed block.</param>
/// <param name="Alignment">What its offset is a multiple of.</param>
/// <param name="Members">The fields of a nested message; empty for all else.</param>
internal sealed record FieldType(
    FieldKind Kind,
    string SchemaName,
    int Size,
    int Alignment,
    EquatableArray<FieldModel> Members = default)
{
    public bool IsVariable => Kind is FieldKind.Text or FieldKind.Memory or FieldKind.Array;
}
