using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>Two values side by side: an entry of a dictionary. Used by generated code.</summary>
/// <typeparam name="TFirst">What stands for the first one.</typeparam>
/// <typeparam name="TSecond">What stands for the second one.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct PairSlot<TFirst, TSecond>
    where TFirst : unmanaged
    where TSecond : unmanaged
{
    /// <summary>The key.</summary>
    public TFirst First;

    /// <summary>The value.</summary>
    public TSecond Second;
}
