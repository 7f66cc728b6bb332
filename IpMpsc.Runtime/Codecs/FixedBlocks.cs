using System.ComponentModel;
using System.Runtime.CompilerServices;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>Values that are nothing but a fixed block. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FixedBlocks
{
    /// <summary>Writes a payload that is one slot.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSlot">What stands for it.</typeparam>
    /// <typeparam name="TCodec">How it lies there.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="payload">The payload.</param>
    /// <exception cref="ArgumentException">The payload is shorter than the slot.</exception>
    public static void Write<T, TSlot, TCodec>(in T value, Span<byte> payload)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>
    {
        var writer = new WireWriter(payload, Unsafe.SizeOf<TSlot>());
        TCodec.Write(ref writer, in value, ref WireWriter.Block<TSlot>(payload));
    }

    /// <summary>Reads a payload that is one slot.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSlot">What stands for it.</typeparam>
    /// <typeparam name="TCodec">How it lies there.</typeparam>
    /// <param name="payload">The payload.</param>
    /// <exception cref="MessageFormatException">The payload is shorter than the slot, or cannot be such a value.</exception>
    public static T Read<T, TSlot, TCodec>(ReadOnlySpan<byte> payload)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>
    {
        WireScan scan = default;
        return TCodec.Read(ref scan, WireReader.Block<TSlot>(payload), "");
    }

    /// <summary>Sets a slot.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSlot">What stands for it.</typeparam>
    /// <typeparam name="TCodec">How it lies there.</typeparam>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value.</param>
    public static void Set<T, TSlot, TCodec>(ref TSlot slot, in T value)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>
    {
        WireWriter writer = default;
        slot = default;
        TCodec.Write(ref writer, in value, ref slot);
    }
}
