using System.Diagnostics;
using System.Threading.Tasks.Sources;
using IpMpsc.Layout;
using IpMpsc.Ring;

namespace IpMpsc.Sending;

/// <summary>
/// One payload, or one wait for room, in a <see cref="SendQueue{TPayload}"/>. It is what the caller awaits, and is reused for
/// a later send once its result has been taken.
/// </summary>
internal sealed class PendingSend<TPayload>(SendQueue<TPayload> queue) : IValueTaskSource
    where TPayload : struct, IPayload, IDisposable
{
    // Continuations run on the thread pool: the loop's thread serves many waits.
    private ManualResetValueTaskSourceCore<ClaimOutcome> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;
    private Activity? _activity;

    /// <summary>The next one in the queue, or in the list of free ones.</summary>
    public PendingSend<TPayload>? Next { get; set; }

    /// <summary>What is sent, unless <see cref="IsWaitForRoom"/>.</summary>
    public TPayload Payload { get; private set; }

    /// <summary>Payload bytes of the message.</summary>
    public int Length { get; private set; }

    /// <summary>Whether room for <see cref="Length"/> bytes is all that is waited for.</summary>
    public bool IsWaitForRoom { get; private set; }

    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>What the caller awaits, once.</summary>
    public ValueTask Task => new(this, _source.Version);

    public void Begin(in TPayload payload, int length, bool isWaitForRoom, CancellationToken cancellation)
    {
        Payload = payload;
        Length = length;
        IsWaitForRoom = isWaitForRoom;
        _cancellation = cancellation;
        _activity = queue.Traces ? Activity.Current : null;
        _registration = cancellation.UnsafeRegister(
            static queue => ((SendQueue<TPayload>)queue!).NoticeCancellation(), queue);
    }

    /// <summary>Sends the payload, or finds out whether there is room for one.</summary>
    /// <param name="producer">The producer, which is rented.</param>
    /// <param name="maxPayload">The most payload bytes of a message.</param>
    public ClaimOutcome TrySend(RingProducer producer, int maxPayload) =>
        Length > maxPayload ? ClaimOutcome.TooLarge
        : !IsWaitForRoom ? queue.Traces ? TrySendTraced(producer) : PayloadSender<IProducerSource>.TrySendWith(producer, Payload, Length)
        : producer.CanProceed(producer.SizeOf(Length)) ? ClaimOutcome.Claimed
        : ClaimOutcome.Full;

    public void Complete(ClaimOutcome outcome)
    {
        _registration.Unregister();
        _source.SetResult(outcome);
    }

    public void Fail(Exception failure)
    {
        _registration.Unregister();
        _source.SetException(failure);
    }

    void IValueTaskSource.GetResult(short token)
    {
        // A stale token throws here: the send was awaited before, and this object may belong to another send by now.
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The send has not ended. Await it, or block on AsTask() of the ValueTask.");
        }

        int length = Length;
        CancellationToken cancellation = _cancellation;
        ClaimOutcome outcome;
        try
        {
            outcome = _source.GetResult(token);
        }
        finally
        {
            Payload.Dispose();
            Payload = default;
            _activity = null;
            _source.Reset(); // From here on the token is stale.
            queue.Recycle(this);
        }

        if (outcome != ClaimOutcome.Claimed)
        {
            queue.Throw(outcome, length, cancellation);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token)
    {
        ValueTaskSourceStatus status = _source.GetStatus(token);
        return status == ValueTaskSourceStatus.Succeeded ? StatusOf(_source.GetResult(token)) : status;
    }

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <summary>Sends in the activity of the caller, which is not that of the thread that sends.</summary>
    private ClaimOutcome TrySendTraced(RingProducer producer)
    {
        Activity? current = Activity.Current;
        Activity.Current = _activity;
        try
        {
            return PayloadSender<IProducerSource>.TrySendWith(producer, Payload, Length);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static ValueTaskSourceStatus StatusOf(ClaimOutcome outcome) => outcome switch
    {
        ClaimOutcome.Claimed => ValueTaskSourceStatus.Succeeded,
        ClaimOutcome.Cancelled => ValueTaskSourceStatus.Canceled,
        _ => ValueTaskSourceStatus.Faulted,
    };
}
