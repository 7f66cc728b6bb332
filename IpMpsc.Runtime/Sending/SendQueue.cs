using IpMpsc.Ring;
using IpMpsc.Segments;
using IpMpsc.Waiting;

namespace IpMpsc.Sending;

/// <summary>
/// The asynchronous sends of one sender that found no room, in their order. Together they take one slot and one place
/// among the waits. The loop's thread sends them as room becomes free.
/// </summary>
/// <param name="source">Gives one producer for all sends until the queue is empty.</param>
/// <param name="attachment">The channel.</param>
/// <typeparam name="TPayload">What waits. It owns what it will write, and gives its memory back when it is disposed, once.</typeparam>
internal sealed class SendQueue<TPayload>(IProducerSource source, Attachment attachment) : PendingWait
    where TPayload : struct, IPayload, IDisposable
{
    /// <summary>A receiver that was killed wakes nobody, and its successor may come at any time.</summary>
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(100);

    /// <summary>A slot that another thread or process gives back wakes no send that waits here.</summary>
    private static readonly TimeSpan s_slotSlice = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly PendingSendList<TPayload> _sends = new();
    private readonly PayloadSender<IProducerSource> _payloads = new(source, attachment);
    private RingProducer? _producer;
    private volatile bool _isActive;
    private volatile bool _anyCancelled;

    public override Signal Signal => attachment.SpaceSignal;

    public override bool SleepsAlone => false;

    /// <summary>Whether sends are waiting, which a later send must not overtake.</summary>
    public bool IsActive => _isActive;

    /// <summary>Sends a payload as soon as those before it are sent and there is room for it, and disposes the payload afterwards.</summary>
    /// <remarks>It throws only what prevents the beginning of a wait; everything later is told by the task.</remarks>
    public ValueTask SendAsync(in TPayload payload, CancellationToken cancellation)
    {
        bool queued = false;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            WaitLimit limit = attachment.DropsNewest ? WaitLimit.Forever(cancellation) : WaitLimit.OnBorrowedThread(cancellation);
            if ((attachment.DropsNewest || !_isActive) && _payloads.Send(payload, whenEmpty: false, limit))
            {
                return default;
            }

            ValueTask task = Enqueue(payload, payload.Measure(), isWaitForRoom: false, cancellation);
            queued = true;
            return task;
        }
        finally
        {
            if (!queued)
            {
                payload.Dispose();
            }
        }
    }

    /// <summary>Waits until a message of that many payload bytes, or at least the filler before it, has room.</summary>
    public ValueTask WaitForRoomAsync(int length, CancellationToken cancellation) =>
        cancellation.IsCancellationRequested ? ValueTask.FromCanceled(cancellation)
            : attachment.DropsNewest ? default
            : Enqueue(default, length, isWaitForRoom: true, cancellation);

    /// <summary>Makes the loop look at the tokens of all sends; called by their registrations.</summary>
    public void NoticeCancellation()
    {
        _anyCancelled = true;
        Loop?.Interrupt();
    }

    /// <summary>Whether messages carry the activity in which they are sent.</summary>
    public bool Traces => attachment.TrailerSize > 0;

    /// <summary>Keeps a send whose result was taken, for reuse.</summary>
    public void Recycle(PendingSend<TPayload> send)
    {
        lock (_gate)
        {
            _sends.Recycle(send);
        }
    }

    /// <summary>Throws the exception of a send that ended without being sent.</summary>
    public void Throw(ClaimOutcome outcome, int length, CancellationToken cancellation) =>
        SendFault.Throw(outcome, attachment, length, cancellation);

    public override void End()
    {
        lock (_gate)
        {
            if (Failure is { } failure)
            {
                FailAll(failure);
            }
            else if (_sends.First is not null && TryStartAgain())
            {
                return; // Another send came after the last look.
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

    private ValueTask Enqueue(in TPayload payload, int length, bool isWaitForRoom, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_sends.First is null)
            {
                BeginWaiting();
                if (isWaitForRoom)
                {
                    _producer?.CountWait(); // A send was counted when it polled.
                }
            }

            PendingSend<TPayload> send = _sends.TakeFree() ?? new PendingSend<TPayload>(this);
            send.Begin(payload, length, isWaitForRoom, cancellation);
            ValueTask task = send.Task;
            _sends.Append(send);
            Loop!.Interrupt();
            return task;
        }
    }

    /// <summary>Takes what the first waiting send needs. Misuse throws here, on the caller's thread.</summary>
    private void BeginWaiting()
    {
        if (_isActive)
        {
            _producer = source.TryRent(); // The last wait has not quite ended, and continues with this producer.
            return;
        }

        // The mapping must outlast the wait, even while it has no producer.
        ObjectDisposedException.ThrowIf(!attachment.TryAddUser(), "Sender");
        try
        {
            _producer = source.TryRent();
            Start(); // The loop blocks on our lock until the send is in the queue.
            _isActive = true;
        }
        catch
        {
            GiveProducerBackIfEmpty();
            attachment.RemoveUser();
            throw;
        }
    }

    private void Start()
    {
        Begin();
        Loop = WaiterThreads.TakePlace(Loop);
        Loop.Join(this);
        Loop.Interrupt();
    }

    /// <summary>Starts the wait again. If the system has no thread for it, the waiting sends get the exception, not the loop.</summary>
    private bool TryStartAgain()
    {
        try
        {
            Start();
            return true;
        }
        catch (Exception failure)
        {
            FailAll(failure);
            return false;
        }
    }

    private void SendWhatFits()
    {
        if (_sends.First is not null && _producer is null)
        {
            try
            {
                _producer = source.TryRent();
            }
            catch (ObjectDisposedException)
            {
                EndAll(ClaimOutcome.Closed);
            }
        }

        while (_sends.First is not null && _producer is { } producer)
        {
            if (producer.IsClosed)
            {
                EndAll(ClaimOutcome.Closed);
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
            ClaimOutcome outcome = send.TrySend(producer, attachment.MaxPayload);
            if (outcome == ClaimOutcome.Full)
            {
                return false;
            }

            RemoveFirst().Complete(outcome);
        }
        catch (Exception failure)
        {
            // This message could not be written. The others still can.
            RemoveFirst().Fail(failure);
        }

        return true;
    }

    private PendingSend<TPayload> RemoveFirst()
    {
        PendingSend<TPayload> first = _sends.RemoveFirst();
        GiveProducerBackIfEmpty();
        return first;
    }

    private void EndAll(ClaimOutcome outcome) => EndAll(outcome, static (send, outcome) => send.Complete(outcome));

    /// <summary>Gives every waiting send the exception that ended the wait: another look would most likely fail in the same way.</summary>
    private void FailAll(Exception failure) => EndAll(failure, static (send, failure) => send.Fail(failure));

    private void EndAll<TReason>(TReason reason, Action<PendingSend<TPayload>, TReason> end)
    {
        while (_sends.First is not null)
        {
            end(RemoveFirst(), reason);
        }
    }

    private void EndCancelled()
    {
        PendingSend<TPayload>? cancelled = _sends.RemoveCancelled();
        GiveProducerBackIfEmpty();
        while (cancelled is not null)
        {
            PendingSend<TPayload>? next = cancelled.Next;
            cancelled.Complete(ClaimOutcome.Cancelled);
            cancelled = next;
        }
    }

    /// <summary>Called before the last send is reported as ended, so that its caller finds the sender free.</summary>
    private void GiveProducerBackIfEmpty()
    {
        if (_sends.First is null && _producer is { } producer)
        {
            _producer = null;
            producer.Waiter.Learn();
            producer.GiveUp();
            source.Return(producer);
        }
    }
}
