using IpMpsc.Layout;

namespace IpMpsc.Core;

/// <summary>
/// The asynchronous sends of one sender that found no room, in their order. However many there are,
/// they take one slot and one place among the waits; the loop's thread sends them as room comes.
/// </summary>
internal abstract class SendQueue<TMessage>(Attachment attachment) : PendingWait
{
    /// <summary>A receiver that was killed wakes nobody, and its successor may come at any time.</summary>
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(100);

    /// <summary>A slot that another thread or process gives back wakes nobody who waits here.</summary>
    private static readonly TimeSpan s_slotSlice = TimeSpan.FromMilliseconds(10);

    /// <summary>How many used ones are kept for the next sends.</summary>
    private const int MostFree = 64;

    private readonly Lock _gate = new();
    private PendingSend<TMessage>? _first;
    private PendingSend<TMessage>? _last;
    private PendingSend<TMessage>? _free;
    private int _freeCount;
    private RingProducer? _producer;
    private volatile bool _isActive;
    private volatile bool _anyCancelled;

    public override Signal Signal => attachment.SpaceSignal;

    public override bool SleepsAlone => false;

    /// <summary>Whether sends are waiting, which a further one must not overtake.</summary>
    public bool IsActive => _isActive;

    /// <summary>Sends a message when those before it are sent and there is room for it.</summary>
    /// <returns><see cref="ClaimOutcome.Full"/> if the wait was cancelled or the sender closed.</returns>
    public ValueTask<ClaimOutcome> SendAsync(in TMessage message, CancellationToken cancellation) =>
        Enqueue(message, 0, cancellation);

    /// <summary>Waits until a message of that many payload bytes, or at least the way to it, has room.</summary>
    public ValueTask<ClaimOutcome> WaitForRoomAsync(int length, CancellationToken cancellation) =>
        Enqueue(default!, RecordDescriptor.RecordSize(length), cancellation);

    /// <summary>Looks at the tokens of all; called from their registrations.</summary>
    public void NoticeCancellation()
    {
        _anyCancelled = true;
        Loop?.Interrupt();
    }

    public void Recycle(PendingSend<TMessage> send)
    {
        lock (_gate)
        {
            if (_freeCount < MostFree)
            {
                send.Next = _free;
                _free = send;
                _freeCount++;
            }
        }
    }

    public override void End()
    {
        lock (_gate)
        {
            if (_first is not null)
            {
                Start(); // Somebody came after the last look.
                return;
            }

            _isActive = false;
        }

        attachment.RemoveUser();
    }

    /// <summary>Sends one message now or not at all.</summary>
    protected abstract ClaimOutcome TrySend(RingProducer producer, in TMessage message);

    /// <summary>A producer for all sends until the queue is empty, or null if none is free now.</summary>
    protected abstract RingProducer? RentProducer();

    protected abstract void ReturnProducer(RingProducer producer);

    protected override bool IsMet()
    {
        lock (_gate)
        {
            if (_anyCancelled)
            {
                _anyCancelled = false;
                EndCancelled();
            }

            SendWhatFits();
            return _first is null;
        }
    }

    protected override bool IsMetBeforeSleep(out TimeSpan slice)
    {
        lock (_gate)
        {
            bool isMet = IsMet();
            if (!isMet && _producer is { FailsWithoutReceiver: true } && !attachment.IsReceiverAttached)
            {
                EndAll(ClaimOutcome.NoReceiver);
                isMet = true;
            }

            slice = _producer is null ? s_slotSlice : s_slice;
            return isMet;
        }
    }

    private ValueTask<ClaimOutcome> Enqueue(in TMessage message, long room, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_first is null)
            {
                BeginWaiting();
            }

            PendingSend<TMessage> send = _free ?? new PendingSend<TMessage>(this);
            if (send == _free)
            {
                _free = send.Next;
                _freeCount--;
            }

            send.Begin(message, room, cancellation);
            ValueTask<ClaimOutcome> task = send.Task;
            Append(send);
            Loop!.Interrupt();
            return task;
        }
    }

    /// <summary>Takes what the first of the sends that wait needs. Misuse shows here, on the caller's thread.</summary>
    private void BeginWaiting()
    {
        // The mapping must outlast the wait, also while it has no producer.
        ObjectDisposedException.ThrowIf(!_isActive && !attachment.TryAddUser(), "Sender");
        try
        {
            Rent();
        }
        catch when (!_isActive)
        {
            attachment.RemoveUser();
            throw;
        }

        if (!_isActive)
        {
            _isActive = true;
            Start();
        }
    }

    private void Rent()
    {
        _producer = RentProducer();
        _producer?.CountWait();
    }

    private void Start()
    {
        Begin();
        Loop = WaiterThreads.TakePlace(Loop);
        Loop.Join(this);
    }

    private void SendWhatFits()
    {
        if (_first is not null && _producer is null)
        {
            try
            {
                Rent();
            }
            catch (ObjectDisposedException)
            {
                EndAll(ClaimOutcome.Full);
            }
        }

        while (_first is not null && _producer is { } producer)
        {
            if (producer.IsClosed)
            {
                EndAll(ClaimOutcome.Full);
            }
            else if (!TryComplete(producer, _first))
            {
                break;
            }
        }
    }

    private bool TryComplete(RingProducer producer, PendingSend<TMessage> send)
    {
        try
        {
            ClaimOutcome outcome = send.Room == 0 ? TrySend(producer, send.Message)
                : producer.CanProceed(send.Room) ? ClaimOutcome.Claimed
                : ClaimOutcome.Full;
            if (outcome == ClaimOutcome.Full)
            {
                return false;
            }

            RemoveFirst().Complete(outcome);
        }
        catch (Exception failure)
        {
            // The message could not be written. The others can.
            RemoveFirst().Fail(failure);
        }

        return true;
    }

    private PendingSend<TMessage> RemoveFirst()
    {
        PendingSend<TMessage> first = _first!;
        _first = first.Next;
        GiveProducerBackIfEmpty();
        return first;
    }

    private void EndAll(ClaimOutcome outcome)
    {
        while (_first is not null)
        {
            RemoveFirst().Complete(outcome);
        }
    }

    private void EndCancelled()
    {
        PendingSend<TMessage>? send = _first;
        PendingSend<TMessage>? cancelled = null;
        _first = _last = null;
        while (send is not null)
        {
            PendingSend<TMessage>? next = send.Next;
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

        GiveProducerBackIfEmpty();
        while (cancelled is not null)
        {
            PendingSend<TMessage>? next = cancelled.Next;
            cancelled.Complete(ClaimOutcome.Full);
            cancelled = next;
        }
    }

    private void Append(PendingSend<TMessage> send)
    {
        send.Next = null;
        _ = _last is null ? _first = send : _last.Next = send;
        _last = send;
    }

    /// <summary>Before the last send is reported as done, so that its caller finds the sender free.</summary>
    private void GiveProducerBackIfEmpty()
    {
        if (_first is not null)
        {
            return;
        }

        _last = null;
        if (_producer is { } producer)
        {
            _producer = null;
            producer.GiveUp();
            ReturnProducer(producer);
        }
    }
}
