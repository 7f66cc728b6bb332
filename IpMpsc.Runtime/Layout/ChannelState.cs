namespace IpMpsc.Layout;

/// <summary>
/// State of the whole channel, in the word beside the receiver signal, which senders read anyway. It is usually
/// zero.
/// <code>
///   bit 0        retired: the channel was deleted or replaced, and nobody will receive from it again
///   bits 1-15    when that sender asked for priority: milliseconds of the system's monotonic clock, modulo 32,768
///   bits 16-31   slot + 1 of the sender that has priority; 0 if none has
/// </code>
/// Priority is advice: a sender that has waited for a whole lap of the ring asks the others to hold back. No memory
/// depends on it, so any process may withdraw it at any time. A process that reads another clock than the one that asked
/// finds some age or other, so it holds back for a shorter time, or not at all.
/// </summary>
internal static class ChannelState
{
    public const uint Retired = 1;

    private const int PriorityShift = 16;
    private const uint PriorityMask = uint.MaxValue << PriorityShift;
    private const int TimeShift = 1;
    private const uint TimeMask = 0x7FFF;

    public static bool IsRetired(uint state) => (state & Retired) != 0;

    public static bool HasPriority(uint state) => (state & PriorityMask) != 0;

    public static bool HasPriority(uint state, int slot) => (state & PriorityMask) == PriorityOf(slot);

    /// <summary>The state in which a slot's sender has asked for priority at a time in milliseconds.</summary>
    public static uint WithPriority(uint state, int slot, long time) =>
        WithoutPriority(state) | PriorityOf(slot) | (((uint)time & TimeMask) << TimeShift);

    public static uint WithoutPriority(uint state) => state & Retired;

    /// <summary>How many milliseconds before <paramref name="now"/> priority was asked for, modulo 32,768.</summary>
    public static long AgeOfPriority(uint state, long now) => ((uint)now - (state >> TimeShift)) & TimeMask;

    private static uint PriorityOf(int slot) => (uint)(slot + 1) << PriorityShift;
}
