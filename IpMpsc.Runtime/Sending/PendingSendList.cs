namespace IpMpsc.Sending;

/// <summary>
/// The sends of one <see cref="SendQueue{TPayload}"/> in their order, and ended ones that are kept for reuse.
/// The queue's lock guards the list.
/// </summary>
internal sealed class PendingSendList<TPayload> where TPayload : struct, IPayload, IDisposable
{
    /// <summary>How many ended sends are kept.</summary>
    private const int MostFree = 64;

    private PendingSend<TPayload>? _last;
    private PendingSend<TPayload>? _free;
    private int _freeCount;

    /// <summary>The send whose turn it is; null if none waits.</summary>
    public PendingSend<TPayload>? First { get; private set; }

    /// <summary>An ended send to reuse; null if none is kept.</summary>
    public PendingSend<TPayload>? TakeFree()
    {
        PendingSend<TPayload>? free = _free;
        if (free is not null)
        {
            _free = free.Next;
            _freeCount--;
        }

        return free;
    }

    /// <summary>Keeps an ended send, unless enough are kept.</summary>
    public void Recycle(PendingSend<TPayload> send)
    {
        if (_freeCount < MostFree)
        {
            send.Next = _free;
            _free = send;
            _freeCount++;
        }
    }

    public void Append(PendingSend<TPayload> send)
    {
        send.Next = null;
        if (_last is null)
        {
            First = send;
        }
        else
        {
            _last.Next = send;
        }

        _last = send;
    }

    /// <summary>Removes the first send. The list must not be empty.</summary>
    public PendingSend<TPayload> RemoveFirst()
    {
        PendingSend<TPayload> first = First!;
        First = first.Next;
        if (First is null)
        {
            _last = null;
        }

        return first;
    }

    /// <summary>Removes the sends whose token was cancelled and returns them, chained by <see cref="PendingSend{TPayload}.Next"/>.</summary>
    public PendingSend<TPayload>? RemoveCancelled()
    {
        PendingSend<TPayload>? send = First;
        PendingSend<TPayload>? cancelled = null;
        First = _last = null;
        while (send is not null)
        {
            PendingSend<TPayload>? next = send.Next;
            if (send.IsCancelled)
            {
                send.Next = cancelled;
                cancelled = send;
            }
            else
            {
                Append(send);
            }

            send = next;
        }

        return cancelled;
    }
}
