using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>
/// Keeps a large message from starving: small ones take each bit of room as soon as it is free, so a
/// sender that has waited while the others filled the whole ring once asks them to hold back. The ring
/// then drains until there is room for it.
/// </summary>
/// <remarks>
/// Priority is advice and nobody's safety depends on it. One that brings its owner no claim for a while
/// - it is dead, paused, or the receiver is - is withdrawn by whoever has been waiting for it.
/// </remarks>
internal unsafe struct PriorityRequest(Attachment attachment, int slot)
{
    /// <summary>How long others hold back, in milliseconds; a receiver drains a large ring in a few.</summary>
    private const long Patience = 50;

    private readonly uint* _state = attachment.Header.State;
    private readonly long _lap = attachment.Layout.Capacity;

    private long _waitingFrom = -1;
    private uint _seen;
    private long _seenSince;

    /// <summary>Whether another sender has priority and has not had it for too long.</summary>
    public bool MustHoldBack(uint state)
    {
        if (!ChannelState.HasPriority(state) || ChannelState.HasPriority(state, slot))
        {
            _seen = 0; // If it comes again, it is another request.
            return false;
        }

        long now = Environment.TickCount64;
        if (state != _seen)
        {
            _seen = state;
            _seenSince = now;
        }

        if (now - _seenSince <= Patience)
        {
            return true;
        }

        _seen = 0;
        SharedWord.TryChangeState(_state, state, ChannelState.WithoutPriority(state));
        return false;
    }

    /// <summary>Notes that there was no room; asks for priority when the others have filled the ring once since.</summary>
    public void AskAfterLap(uint state, long tail)
    {
        if (_waitingFrom < 0)
        {
            _waitingFrom = tail;
        }
        else if (tail - _waitingFrom >= _lap && state == 0)
        {
            SharedWord.TryChangeState(_state, state, ChannelState.WithPriority(state, slot));
        }
    }

    /// <summary>Notes that the wait is over; gives priority back.</summary>
    public void End()
    {
        _waitingFrom = -1;
        _seen = 0;
        uint state = SharedWord.LoadState(_state);
        if (ChannelState.HasPriority(state, slot)
            && SharedWord.TryChangeState(_state, state, ChannelState.WithoutPriority(state)))
        {
            attachment.SpaceSignal.WakeIfRaised();
        }
    }

    /// <summary>Whether there has been no room since the last claim.</summary>
    public readonly bool IsWaiting => _waitingFrom >= 0;
}
