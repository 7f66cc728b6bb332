using System.Threading.Tasks.Sources;
using IpMpsc.Waiting;

namespace IpMpsc.Ring;

/// <summary>
/// The asynchronous wait of a receiver for its next message. A receiver has one such object and uses it for every wait. During a
/// wait the ring is in use, as during a blocking wait.
/// </summary>
internal sealed class PendingReceive(RingConsumer consumer) : PendingWait, IValueTaskSource<ReceiveOutcome>
{
    // Continuations run on the thread pool, because many waits share the loop's thread.
    private ManualResetValueTaskSourceCore<ReceiveOutcome> _source = new() { RunContinuationsAsynchronously = true };
    private MessageCondition _condition;
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;

    public override Signal Signal => consumer.Attachment.ReceiverSignal;

    public override bool SleepsAlone => true;

    /// <summary>
    /// Takes the next message in hand as soon as there is one. The caller has polled; this enters the consumer.
    /// </summary>
    /// <returns>
    /// The outcome; <see cref="ReceiveOutcome.Empty"/> if the wait was cancelled or the receiver closed. The ring stays in use
    /// whatever the outcome is, and the caller ends the use: so the next wait cannot begin, and be completed, before this one was.
    /// </returns>
    public ValueTask<ReceiveOutcome> TakeAsync(CancellationToken cancellation)
    {
        consumer.Enter();
        WaitLoop loop;
        try
        {
            loop = WaiterThreads.TakePlace(Loop);
        }
        catch
        {
            consumer.Exit(); // No thread can be started now; a later wait may succeed.
            throw;
        }

        Loop = loop;
        _source.Reset();
        _condition = new MessageCondition(consumer);
        _cancellation = cancellation;
        Begin();
        short version = _source.Version;
        _registration = cancellation.UnsafeRegister(static loop => ((WaitLoop)loop!).Interrupt(), loop);
        loop.Join(this);
        loop.Interrupt();
        return new ValueTask<ReceiveOutcome>(this, version);
    }

    public override void End()
    {
        _registration.Unregister();
        ReceiveOutcome outcome = _condition.Outcome;
        consumer.Waiter.Learn();
        if (Failure is { } failure)
        {
            _source.SetException(failure);
        }
        else
        {
            _source.SetResult(outcome);
        }
    }

    ReceiveOutcome IValueTaskSource<ReceiveOutcome>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReceiveOutcome>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ReceiveOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    protected override bool IsMet() => _condition.IsMetOnceAnnounced() || MustEnd;

    protected override bool IsMetBeforeSleep(out TimeSpan slice) => _condition.IsMetBeforeSleep(out slice) || MustEnd;

    private bool MustEnd => consumer.IsClosed || _cancellation.IsCancellationRequested;
}
