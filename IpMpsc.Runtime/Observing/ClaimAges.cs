using IpMpsc.Layout;

namespace IpMpsc.Observing;

/// <summary>Remembers when the observer first saw each slot's claim in flight.</summary>
internal sealed class ClaimAges
{
    private readonly Dictionary<int, (long Position, DateTimeOffset Since)> _seen = [];

    /// <summary>Notes the claim that a slot has in flight now.</summary>
    /// <returns>When the claim was first seen; null if the slot has no claim in flight.</returns>
    public DateTimeOffset? Note(int slot, long position)
    {
        if (position == SlotDescriptor.NoClaim)
        {
            _seen.Remove(slot);
            return null;
        }

        if (!_seen.TryGetValue(slot, out (long Position, DateTimeOffset Since) seen) || seen.Position != position)
        {
            seen = (position, DateTimeOffset.UtcNow);
            _seen[slot] = seen;
        }

        return seen.Since;
    }
}
