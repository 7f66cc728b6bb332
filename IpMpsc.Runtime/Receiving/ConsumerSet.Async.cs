using System.Threading.Tasks.Sources;
using IpMpsc.Waiting;

namespace IpMpsc.Receiving;

/// <content>The wait that blocks no thread: every member goes to the waiter threads.</content>
internal sealed partial class ConsumerSet : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _ended = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;

    /// <summary>As <see cref="Wait"/>, but completes a task instead of blocking. Call <see cref="EndAsync"/> after that.</summary>
    public ValueTask WaitAsync(CancellationToken cancellation)
    {
        BeginWait(isAsync: true);
        try
        {
            _ready = TryFind(WaitLimit.OnBorrowedThread(cancellation));
            if (_ready is not null)
            {
                return default;
            }

            _ended.Reset();
            ValueTask task = new(this, _ended.Version);
            ArmAll();
            _registration = cancellation.UnsafeRegister(s_cancel, this);
            return task;
        }
        catch
        {
            EndWait();
            throw;
        }
    }

    /// <summary>Ends an asynchronous wait and returns its result.</summary>
    public object EndAsync(CancellationToken cancellation)
    {
        _registration.Dispose();
        try
        {
            return Result(cancellation)!;
        }
        finally
        {
            EndWait();
        }
    }

    void IValueTaskSource.GetResult(short token) => _ended.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _ended.GetStatus(token);

    void IValueTaskSource.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _ended.OnCompleted(continuation, state, token, flags);
}
