using System.ComponentModel;

namespace IpMpsc.Wire;

/// <summary>A time with the distance of its clock from UTC. Used by generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct OffsetSlot
{
    /// <summary>Ticks of UTC.</summary>
    public long UtcTicks;

    /// <summary>Minutes that the clock is ahead of UTC.</summary>
    public int Minutes;
}
