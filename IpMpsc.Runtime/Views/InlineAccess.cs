using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Blocks;
using IpMpsc.Codecs;
using IpMpsc.Wire;

namespace IpMpsc.Views;

/// <summary>A message in the block of another one, seen as a copy. Used by generated code.</summary>
/// <typeparam name="T">The message.</typeparam>
/// <typeparam name="TBlock">Its fixed block.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct InlineAccess<T, TBlock> : IAccess<T, TBlock>
    where T : struct
    where TBlock : unmanaged, IFixedBlock<T, TBlock>
{
    /// <inheritdoc />
    public static T View(ReadOnlySpan<byte> payload, TBlock slot, [CallerMemberName] string field = "") =>
        CopyAccess<T, TBlock, InlineMessage<T, TBlock>>.View(payload, slot, field);
}
