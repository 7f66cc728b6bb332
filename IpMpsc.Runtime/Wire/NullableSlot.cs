using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>A value in the fixed block that may be missing: zeros are no value. Used by generated code.</summary>
/// <typeparam name="TSlot">What stands for the value itself.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct NullableSlot<TSlot> where TSlot : unmanaged
{
    /// <summary>0 if there is no value.</summary>
    public byte HasValue;

    /// <summary>The value; zeros if there is none.</summary>
    public TSlot Value;
}
