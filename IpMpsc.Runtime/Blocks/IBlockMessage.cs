using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Blocks;

/// <summary>A message that is written and read field by field: its generated fixed block says how.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
/// <typeparam name="TBlock">Its fixed block.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBlockMessage<TSelf, TBlock> : IChannelMessage<TSelf>
    where TSelf : struct, IBlockMessage<TSelf, TBlock>
    where TBlock : unmanaged, IFixedBlock<TSelf, TBlock>
{
    static MessageSchema IChannelMessage<TSelf>.Schema
    {
        get
        {
            WireLayout.Require<TBlock>(TBlock.Traits.Size);
            TBlock.Check();
            return Holder.Schema;
        }
    }

    static ushort IChannelMessage<TSelf>.MessageId
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBlock.Traits.Id;
    }

    static ushort IChannelMessage<TSelf>.SchemaVersion
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBlock.Traits.Version;
    }

    static int IChannelMessage<TSelf>.FixedSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBlock.Traits.Size;
    }

    static bool IChannelMessage<TSelf>.IsFixedSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBlock.Traits.IsFixedSize;
    }

    static bool IChannelMessage<TSelf>.IsImage
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => false;
    }

    static int IChannelMessage<TSelf>.PayloadAlignment
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TBlock.Traits.PayloadAlignment;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int IChannelMessage<TSelf>.Measure(in TSelf message)
    {
        if (TBlock.Traits.IsFixedSize)
        {
            return TBlock.Traits.Size;
        }

        var length = new WireLength(TBlock.Traits.Size);
        TBlock.Lay(ref length, in message, ref MeasuredBlock<TBlock>.Instance);
        return length.Total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IChannelMessage<TSelf>.Write(in TSelf message, Span<byte> payload)
    {
        var writer = new WireWriter(payload, TBlock.Traits.Size);
        ref TBlock block = ref WireWriter.Block<TBlock>(payload);
        TBlock.Write(ref writer, in message, ref block);
        TBlock.Lay(ref writer, in message, ref block);
    }

    // Not inlined: the caller would copy the message once more.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static TSelf IChannelMessage<TSelf>.Read(ReadOnlySpan<byte> payload, ushort version)
    {
        ref readonly TBlock block = ref WireReader.Block<TBlock>(payload, TBlock.SizeIn(version));
        var scan = new WireScan(payload);
        return TBlock.Read(ref scan, in block, version);
    }

    private static class Holder
    {
        public static readonly MessageSchema Schema = new(TBlock.SchemaText);
    }
}
