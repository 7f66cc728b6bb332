using System.ComponentModel;
using IpMpsc.Wire;

namespace IpMpsc.Codecs;

/// <summary>Values that lie in a fixed block whole. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FixedBlocks
{
    /// <summary>Sets a slot.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <typeparam name="TSlot">What stands for it.</typeparam>
    /// <typeparam name="TCodec">How it lies there.</typeparam>
    /// <param name="slot">The slot.</param>
    /// <param name="value">The value.</param>
    /// <param name="codec">Tells the codec.</param>
    public static void Set<T, TSlot, TCodec>(ref TSlot slot, in T value, TCodec codec)
        where TSlot : unmanaged
        where TCodec : struct, ICodec<T, TSlot>
    {
        WireWriter writer = default;
        slot = default;
        TCodec.Write(ref writer, in value, ref slot);
    }
}
