using IpMpsc.Layout;
using IpMpsc.Segments;

namespace IpMpsc.Ring;

/// <summary>
/// Keeps a large message from starving. Small messages take each bit of room as soon as it is free, so a sender that has
/// waited while the others filled the whole ring once asks them to hold back. The ring then drains until there is room.
/// The steps are those of spec/priority.pml.
/// </summary>
/// <remarks>
/// Priority is advice, and no memory depends on it. The request says when it was made. One that is older than
/// <see cref="Lifetime"/> is void, and the first sender that meets it withdraws it: its owner is dead or stopped, or the
/// receiver does not release anything. The age does not depend on who looks, so a sender that only tries, or that has just
/// been opened, judges it as well as one that waits. A living owner renews the request as long as the receiver makes progress.
/// If it was withdrawn all the same, the owner asks again only after another lap of the others.
/// </remarks>
internal unsafe struct PriorityRequest(Attachment attachment, int slot)
{
    /// <summary>How long the others hold back after the request was made or renewed, in milliseconds.</summary>
    public const int Lifetime = 50;

    private readonly uint* _state = attachment.Header.State;
    private readonly long* _head = attachment.Header.Head;
    private readonly long _lap = attachment.Layout.Capacity;

    private long _waitingFrom = -1;
    private long _headAtRequest;

    /// <summary>Whether there has been no room since the last claim.</summary>
    public readonly bool IsWaiting => _waitingFrom >= 0;

    /// <summary>Whether another sender has priority. Withdraws a request that is too old.</summary>
    public readonly bool MustHoldBack(uint state)
    {
        if (!ChannelState.HasPriority(state) || ChannelState.HasPriority(state, slot)) // STEP priority.read
        {
            return false;
        }

        if (ChannelState.AgeOfPriority(state, Environment.TickCount64) <= Lifetime)
        {
            return true; // STEP priority.hold-back
        }

        // STEP priority.expire: the whole word is compared, for a request that was renewed or made since is another one.
        if (SharedWord.TryChangeState(_state, state, ChannelState.WithoutPriority(state)))
        {
            attachment.SpaceSignal.WakeIfRaised(); // Others hold back, too, and sleep.
        }

        return false;
    }

    /// <summary>Notes that there was no room. Asks for priority when the others have filled the ring once since, or renews the request.</summary>
    public void AskAfterLap(uint state, long tail)
    {
        if (_waitingFrom < 0)
        {
            _waitingFrom = tail;
        }
        else if (ChannelState.HasPriority(state, slot))
        {
            Renew(state);
        }
        else if (tail - _waitingFrom >= _lap && state == 0)
        {
            // STEP priority.ask
            _headAtRequest = SharedWord.LoadHead(_head);
            if (SharedWord.TryChangeState(_state, state, ChannelState.WithPriority(state, slot, Environment.TickCount64)))
            {
                _waitingFrom = tail; // The next request, if this one is withdrawn, comes after another lap.
            }
        }
    }

    /// <summary>Notes that the wait is over; gives priority back.</summary>
    public void End()
    {
        _waitingFrom = -1;
        uint state = SharedWord.LoadState(_state);
        if (!ChannelState.HasPriority(state, slot))
        {
            return;
        }

        // STEP priority.end
        if (SharedWord.TryChangeState(_state, state, ChannelState.WithoutPriority(state)))
        {
            attachment.SpaceSignal.WakeIfRaised();
        }
    }

    /// <summary>While the receiver does not move head, the others wait for nothing: then the request grows old.</summary>
    private void Renew(uint state)
    {
        long head = SharedWord.LoadHead(_head);
        uint renewed = ChannelState.WithPriority(state, slot, Environment.TickCount64);
        if (head != _headAtRequest && renewed != state)
        {
            // STEP priority.renew
            _headAtRequest = head;
            SharedWord.TryChangeState(_state, state, renewed);
        }
    }
}
