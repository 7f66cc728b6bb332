using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Blocks;

/// <summary>The lengths of the variable fields of a message with a fixed block, which knows what to do with them.</summary>
/// <typeparam name="TMessage">The message that is sized.</typeparam>
/// <typeparam name="TBlock">Its fixed block.</typeparam>
/// <typeparam name="TSelf">The lengths.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBlockSizes<TMessage, TBlock, TSelf> : IMessageSizes<TMessage, TSelf>
    where TMessage : struct, IBlockMessage<TMessage, TBlock>
    where TBlock : unmanaged, IFixedBlock<TMessage, TBlock, TSelf>
    where TSelf : struct, IBlockSizes<TMessage, TBlock, TSelf>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int IMessageSizes<TMessage, TSelf>.Measure(in TSelf sizes)
    {
        var length = new WireLength(TBlock.Traits.Size);
        TBlock.Lay(ref length, in sizes, ref MeasuredBlock<TBlock>.Instance);
        return length.Total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IMessageSizes<TMessage, TSelf>.Prepare(in TSelf sizes, Span<byte> payload)
    {
        var writer = new WireWriter(payload, TBlock.Traits.Size);
        TBlock.Lay(ref writer, in sizes, ref WireWriter.Block<TBlock>(payload));
    }
}
