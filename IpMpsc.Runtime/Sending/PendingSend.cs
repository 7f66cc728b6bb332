using System.Threading.Tasks.Sources;
using IpMpsc.Ring;

namespace IpMpsc.Sending;

/// <summary>One payload, or one wait for room, in a <see cref="SendQueue{TPayload}"/>; used again for the next.</summary>
internal sealed class PendingSend<TPayload>(SendQueue<TPayload> queue) : IValueTaskSource<ClaimOutcome>
    where TPayload : struct, IPayload
{
    // Continuations run on the thread pool: the loop's thread belongs to all who wait.
    private ManualResetValueTaskSourceCore<ClaimOutcome> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationToken _cancellation;
    private CancellationTokenRegistration _registration;

    /// <summary>The next one in the queue, or among the free ones.</summary>
    public PendingSend<TPayload>? Next { get; set; }

    /// <summary>What is sent, unless <see cref="Room"/> says otherwise.</summary>
    public TPayload Payload { get; private set; }

    /// <summary>Size of the record for which room is all that is waited for; 0 if there is a payload.</summary>
    public long Room { get; private set; }

    public bool IsCancelled => _cancellation.IsCancellationRequested;

    /// <summary>What the caller awaits.</summary>
    public ValueTask<ClaimOutcome> Task => new(this, _source.Version);

    public void Begin(in TPayload payload, long room, CancellationToken cancellation)
    {
        Payload = payload;
        Room = room;
        _cancellation = cancellation;
        _source.Reset();
        _registration = cancellation.UnsafeRegister(
            static queue => ((SendQueue<TPayload>)queue!).NoticeCancellation(), queue);
    }

    /// <summary><see cref="ClaimOutcome.Full"/> means: cancelled, or the sender was closed.</summary>
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

    ClaimOutcome IValueTaskSource<ClaimOutcome>.GetResult(short token)
    {
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            Payload = default;
            queue.Recycle(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource<ClaimOutcome>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ClaimOutcome>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
