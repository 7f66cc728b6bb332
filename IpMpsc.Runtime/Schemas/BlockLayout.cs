namespace IpMpsc.Schemas;

/// <summary>Size and alignment of a fixed block, computed from its fields as the generator does.</summary>
/// <param name="Size">Bytes of the block.</param>
/// <param name="Alignment">What its offset is a multiple of.</param>
/// <param name="PayloadAlignment">What the offset of a whole payload is a multiple of, with what lies behind the block.</param>
internal readonly record struct BlockLayout(int Size, int Alignment, int PayloadAlignment)
{
    /// <summary>What the generator allows; it keeps all sums below from overflowing.</summary>
    public const int MaxSize = 1 << 24;

    public static BlockLayout Of(IEnumerable<SchemaField> fields)
    {
        int end = 0;
        int alignment = 1;
        int payloadAlignment = 1;
        foreach (SchemaField field in fields)
        {
            end = field.Offset + field.Type.Size;
            alignment = Math.Max(alignment, field.Type.Alignment);
            payloadAlignment = Math.Max(payloadAlignment, field.Type.DeepAlignment);
        }

        return new BlockLayout(
            AlignUp(Math.Max(end, 1), alignment), alignment, Math.Max(alignment, payloadAlignment));
    }

    public static int AlignUp(int value, int alignment) => (value + alignment - 1) & -alignment;
}
