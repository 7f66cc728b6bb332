using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IpMpsc.Wire;

namespace IpMpsc.Blocks;

/// <summary>A message whose struct in memory is its payload; one of an older sender is shorter.</summary>
/// <typeparam name="TSelf">The message.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IImageMessage<TSelf> : IChannelMessage<TSelf> where TSelf : unmanaged, IImageMessage<TSelf>
{
    /// <summary>The numbers of the message.</summary>
    static abstract MessageTraits Traits { get; }

    /// <summary>The schema text of the message.</summary>
    static abstract string SchemaText { get; }

    static MessageSchema IChannelMessage<TSelf>.Schema
    {
        get
        {
            WireLayout.Require<TSelf>(TSelf.Traits.Size);
            TSelf.Check();
            return Holder.Schema;
        }
    }

    static ushort IChannelMessage<TSelf>.MessageId
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSelf.Traits.Id;
    }

    static ushort IChannelMessage<TSelf>.SchemaVersion
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSelf.Traits.Version;
    }

    static int IChannelMessage<TSelf>.FixedSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSelf.Traits.Size;
    }

    static bool IChannelMessage<TSelf>.IsFixedSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    static bool IChannelMessage<TSelf>.IsImage
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => true;
    }

    static int IChannelMessage<TSelf>.PayloadAlignment
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TSelf.Traits.PayloadAlignment;
    }

    /// <summary>Compares the layout of the structs in the message with that of the runtime.</summary>
    /// <exception cref="InvalidOperationException">They differ, so the message must not be shared.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual void Check()
    {
    }

    /// <summary>Where the fields end that a version of the message has; behind them is padding.</summary>
    /// <param name="version">The version.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual int EndIn(ushort version) => TSelf.Traits.Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int IChannelMessage<TSelf>.Measure(in TSelf message) => TSelf.Traits.Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IChannelMessage<TSelf>.Write(in TSelf message, Span<byte> payload) => MemoryMarshal.Write(payload, in message);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static TSelf IChannelMessage<TSelf>.Read(ReadOnlySpan<byte> payload, ushort version)
    {
        int end = TSelf.EndIn(version);
        return end == TSelf.Traits.Size ? WireReader.Block<TSelf>(payload) : WireReader.Image<TSelf>(payload, end);
    }

    private static class Holder
    {
        public static readonly MessageSchema Schema = new(TSelf.SchemaText);
    }
}
