using IpMpsc.Layout;
using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// The asynchronous sends of one sender that found no room, in their order. However many there are,
/// they take one slot and one place among the waits; the loop's thread sends them as room comes.
/// </summary>
/// <param name="source">Gives a producer for all sends until the queue is empty.</param>
/// <param name="attachment">The channel.</param>
/// <typeparam name="TPayload">What waits: it owns what it will write.</typeparam>
internal sealed class SendQueue<TPayload>(IProducerSource source, Attachment attachment) : PendingWait
    where TPayload : struct, IPayload
{
    /// <summary>A receiver that was killed wakes nobody, and its successor may come at any time.</summary>
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(100);

    /// <summary>A slot that another thread or process gives back wakes nobody who waits here.</summary>
    private static readonly TimeSpan s_slotSlice = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly PendingSendList<TPayload> _sends = new();
    private RingProducer? _producer;
    private volatile bool _isActive;
    private volatile bool _anyCancelled;

    public override Signal Signal => attachment.SpaceSignal;

    public override bool SleepsAlone => false;

    /// <summary>Whether sends are waiting, which a further one must not overtake.</summary>
    public bool IsActive => _isActive;

    /// <summary>Sends a payload when those before it are sent and there is room for it.</summary>
    /// <returns><see cref="ClaimOutcome.Full"/> if the wait was cancelled or the sender closed.</returns>
    public ValueTask<ClaimOutcome> SendAsync(in TPayload payload, CancellationToken cancellation)
    {
        ClaimOutcome soon = _isActive
            ? ClaimOutcome.Full
            : Ladder(source).Send(payload, whenEmpty: false, WaitLimit.OnBorrowedThread(cancellation));
        return soon == ClaimOutcome.Full ? Enqueue(payload, 0, cancellation) : new ValueTask<ClaimOutcome>(soon);
    }

    /// <summary>Waits until a message of that many payload bytes, or at least the way to it, has room.</summary>
    public ValueTask<ClaimOutcome> WaitForRoomAsync(int length, CancellationToken cancellation) =>
        Enqueue(default, RecordDescriptor.RecordSize(length), cancellation);

    /// <summary>Looks at the tokens of all; called from their registrations.</summary>
    public void NoticeCancellation()
    {
        _anyCancelled = true;
        Loop?.Interrupt();
    }

    public void Recycle(PendingSend<TPayload> send)
    {
        lock (_gate)
        {
            _sends.Recycle(send);
        }
    }

    public override void End()
    {
        lock (_gate)
        {
            if (_sends.First is not null && TryStartAgain())
            {
                return; // Somebody came after the last look.
            }

            _isActive = false;
        }

        attachment.RemoveUser();
    }

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
            return _sends.First is null;
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

    private ValueTask<ClaimOutcome> Enqueue(in TPayload payload, long room, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_sends.First is null)
            {
                BeginWaiting();
                if (room > 0)
                {
                    _producer?.CountWait(); // A send was counted when it polled.
                }
            }

            PendingSend<TPayload> send = _sends.TakeFree() ?? new PendingSend<TPayload>(this);
            send.Begin(payload, room, cancellation);
            ValueTask<ClaimOutcome> task = send.Task;
            _sends.Append(send);
            Loop!.Interrupt();
            return task;
        }
    }

    /// <summary>Takes what the first of the sends that wait needs. Misuse shows here, on the caller's thread.</summary>
    private void BeginWaiting()
    {
        if (_isActive)
        {
            Rent(); // The last wait has not quite ended, and goes on with this.
            return;
        }

        // The mapping must outlast the wait, also while it has no producer.
        ObjectDisposedException.ThrowIf(!attachment.TryAddUser(), "Sender");
        try
        {
            Rent();
            Start(); // Its loop blocks on our lock until the send is in the queue.
            _isActive = true;
        }
        catch
        {
            GiveProducerBackIfEmpty();
            attachment.RemoveUser();
            throw;
        }
    }

    private void Rent() => _producer = source.Rent(default);

    private void Start()
    {
        Begin();
        Loop = WaiterThreads.TakePlace(Loop);
        Loop.Join(this);
    }

    /// <summary>Our place may be taken, and no thread to be had for another: the exception is for those who wait, not for the loop.</summary>
    private bool TryStartAgain()
    {
        try
        {
            Start();
            return true;
        }
        catch (Exception failure)
        {
            while (_sends.First is not null)
            {
                RemoveFirst().Fail(failure);
            }

            return false;
        }
    }

    private void SendWhatFits()
    {
        if (_sends.First is not null && _producer is null)
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

        while (_sends.First is not null && _producer is { } producer)
        {
            if (producer.IsClosed)
            {
                EndAll(ClaimOutcome.Full);
            }
            else if (!TryComplete(producer, _sends.First))
            {
                break;
            }
        }
    }

    private bool TryComplete(RingProducer producer, PendingSend<TPayload> send)
    {
        try
        {
            ClaimOutcome outcome = send.Room == 0 ? TrySend(producer, send.Payload)
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

    private ClaimOutcome TrySend(RingProducer producer, TPayload payload) =>
        Ladder(new RentedProducer(producer)).TrySendWaiting(producer, payload);

    private PayloadSender<TSource> Ladder<TSource>(TSource source) where TSource : IProducerSource =>
        new(source, attachment.MaxPayload);

    private PendingSend<TPayload> RemoveFirst()
    {
        PendingSend<TPayload> first = _sends.RemoveFirst();
        GiveProducerBackIfEmpty();
        return first;
    }

    private void EndAll(ClaimOutcome outcome)
    {
        while (_sends.First is not null)
        {
            RemoveFirst().Complete(outcome);
        }
    }

    private void EndCancelled()
    {
        PendingSend<TPayload>? cancelled = _sends.RemoveCancelled();
        GiveProducerBackIfEmpty();
        while (cancelled is not null)
        {
            PendingSend<TPayload>? next = cancelled.Next;
            cancelled.Complete(ClaimOutcome.Full);
            cancelled = next;
        }
    }

    /// <summary>Before the last send is reported as done, so that its caller finds the sender free.</summary>
    private void GiveProducerBackIfEmpty()
    {
        if (_sends.First is null && _producer is { } producer)
        {
            _producer = null;
            producer.LearnFromWait();
            producer.GiveUp();
            source.Return(producer);
        }
    }

    /// <summary>The source of a send by a loop that has rented its producer already and returns it later.</summary>
    private readonly struct RentedProducer(RingProducer producer) : IProducerSource
    {
        public RingProducer Rent(in WaitLimit limit) => producer;

        public void Return(RingProducer rented)
        {
            // The loop that rented it returns it.
        }
    }
}
