namespace IpMpsc.Layout;

/// <summary>
/// State of the whole channel, in the word beside the receiver signal, which senders read anyway. It is usually
/// zero.
/// <code>
///   bit 0        retired: the channel was deleted or replaced, and nobody will receive from it again
///   bits 16-31   slot + 1 of the sender that has priority; 0 if none has
/// </code>
/// Priority is advice: a sender that has waited for a whole lap of the ring asks the others to hold back. No memory
/// depends on it, so any process may withdraw it at any time.
/// </summary>
internal static class ChannelState
{
    public const uint Retired = 1;

    private const int PriorityShift = 16;
    private const uint PriorityMask = uint.MaxValue << PriorityShift;

    public static bool IsRetired(uint state) => (state & Retired) != 0;

    public static bool HasPriority(uint state) => (state & PriorityMask) != 0;

    public static bool HasPriority(uint state, int slot) => (state & PriorityMask) == PriorityOf(slot);

    public static uint WithPriority(uint state, int slot) => WithoutPriority(state) | PriorityOf(slot);

    public static uint WithoutPriority(uint state) => state & ~PriorityMask;

    private static uint PriorityOf(int slot) => (uint)(slot + 1) << PriorityShift;
}
