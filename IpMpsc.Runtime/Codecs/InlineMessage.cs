using System.ComponentModel;
using IpMpsc.Blocks;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>A message that lies in the block of another one as its own block, field by field. Used by generated code.</summary>
/// <typeparam name="T">The message.</typeparam>
/// <typeparam name="TBlock">Its fixed block.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct InlineMessage<T, TBlock> : ICodec<T, TBlock>
    where T : struct
    where TBlock : unmanaged, IFixedBlock<T, TBlock>
{
    /// <inheritdoc />
    public static bool IsFixed => true;

    /// <inheritdoc />
    public static void Measure(ref WireLength length, in T value, string field)
    {
    }

    /// <inheritdoc />
    public static void Write(ref WireWriter writer, in T value, ref TBlock slot) => TBlock.Write(ref writer, in value, ref slot);

    /// <inheritdoc />
    public static T Read(ref WireScan scan, TBlock slot, string field) => TBlock.Read(ref scan, in slot, TBlock.Traits.Version);
}
