using Exploring.Engine;

#pragma warning disable IDE0130 // The compiler takes the lock statement's types from here.
namespace System.Threading;

/// <summary>A lock of virtual threads.</summary>
internal sealed class Lock
{
    private static nint s_last = unchecked((nint)0x7a00_0000_0000_0000);

    private readonly nint _address = s_last += 16;
    private VirtualThread? _holder;
    private int _depth;

    public Scope EnterScope()
    {
        Enter();
        return new Scope(this);
    }

    public void Enter()
    {
        if (VirtualThread.Current is not { } thread)
        {
            return; // No other thread runs.
        }

        if (_holder == thread)
        {
            _depth++;
            return;
        }

        thread.Run.Take(thread, new Step { Kind = StepKind.Enter, Address = _address, Length = 1, Writes = true }, () => _holder is null);
        _holder = thread;
        _depth = 1;
    }

    public void Exit()
    {
        if (VirtualThread.Current is not { } thread || _holder != thread || --_depth > 0)
        {
            return;
        }

        _holder = null;
        if (!thread.Run.HasEnded)
        {
            thread.Run.Released(thread, _address);
        }
    }

    /// <summary>Releases the lock until another thread pulses it.</summary>
    public void Wait(object key)
    {
        VirtualThread thread = VirtualThread.Current ?? throw new InvalidOperationException("No thread may wait while a program is set up.");
        int depth = _depth;
        _depth = 1;
        int pulses = Pulses;
        Exit();
        Hook.Await(() => Pulses != pulses && _holder is null, Timeout.InfiniteTimeSpan, "pulse");
        _holder = thread;
        _depth = depth;
    }

    /// <summary>The run in which it was held has ended.</summary>
    public void Forget()
    {
        _holder = null;
        _depth = 0;
    }

    public int Pulses { get; set; }

    public ref struct Scope(Lock entered)
    {
        private readonly Lock _entered = entered;

        public void Dispose() => _entered.Exit();
    }
}

/// <summary>The lock statement over other objects.</summary>
internal static class Monitor
{
    public static void Enter(object key, ref bool taken)
    {
        if (Run.Current is { } run)
        {
            run.LockOf(key).Enter();
        }

        taken = true;
    }

    public static void Exit(object key) => Run.Current?.LockOf(key).Exit();

    public static void Wait(object key) => Run.Current!.LockOf(key).Wait(key);

    public static void PulseAll(object key)
    {
        if (Run.Current is { } run)
        {
            run.LockOf(key).Pulses++;
        }
    }
}
