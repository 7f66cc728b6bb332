using System.Runtime.ExceptionServices;


#pragma warning disable IDE0130 // Hides the framework's type, whose continuations would run outside of the explorer.
namespace System.Threading.Tasks.Sources;

/// <summary>The source of the library's tasks. A continuation runs on a thread of its own, as on the thread pool.</summary>
internal struct ManualResetValueTaskSourceCore<TResult>
{
    private static readonly Action<object?> s_done = static _ => throw new InvalidOperationException("The marker of a completed task was called as a continuation.");

    private Action<object?>? _continuation;
    private object? _state;
    private TResult? _result;
    private ExceptionDispatchInfo? _failure;
    private int _completed; // 1 once the result is available.

    public bool RunContinuationsAsynchronously { get; set; }

    public short Version { get; private set; }

    public void Reset()
    {
        Version++;
        _completed = 0;
        _result = default;
        _failure = null;
        _continuation = null;
        _state = null;
    }

    public void SetResult(TResult result)
    {
        _result = result;
        Complete();
    }

    public void SetException(Exception failure)
    {
        _failure = ExceptionDispatchInfo.Capture(failure);
        Complete();
    }

    public readonly ValueTaskSourceStatus GetStatus(short token)
    {
        Check(token);
        return _completed == 0 ? ValueTaskSourceStatus.Pending
            : _failure is null ? ValueTaskSourceStatus.Succeeded
            : _failure.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    public readonly TResult GetResult(short token)
    {
        Check(token);
        if (_completed == 0)
        {
            throw new InvalidOperationException("The result of an unfinished wait was requested.");
        }

        _failure?.Throw();
        return _result!;
    }

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        _state = state;
        if (Interlocked.CompareExchange(ref _continuation, continuation, null) is not null)
        {
            Go(continuation, state);
        }
    }

    private void Complete()
    {
        if (_completed != 0)
        {
            throw new InvalidOperationException("A task was completed a second time.");
        }

        IpMpsc.Interlocked.Exchange(ref _completed, 1);
        if (Interlocked.CompareExchange(ref _continuation, s_done, null) is { } continuation)
        {
            Go(continuation, _state);
        }
    }

    private static void Go(Action<object?> continuation, object? state) =>
        Exploring.Engine.Program.StartThread("continuation", () => continuation(state));

    private readonly void Check(short token)
    {
        if (token != Version)
        {
            throw new InvalidOperationException("A task was used again after its result was taken.");
        }
    }
}
