namespace Exploring.Engine;

/// <summary>
/// A program to explore: its set-up, its threads, and what must be true in the end. An instance is one run of it.
/// </summary>
internal abstract class Program
{
    [ThreadStatic]
    private static VirtualProcess? t_setUp;

    private static readonly VirtualProcess s_nobody = new(0, "nobody");
    private readonly List<VirtualProcess> _processes = [];

    /// <summary>The thread that runs the callbacks of a cancelled token.</summary>
    public static VirtualThread? Cancelling { get; private set; }

    public static VirtualProcess CurrentProcess => VirtualThread.Current?.Process ?? t_setUp ?? s_nobody;

    /// <summary>The run of this instance.</summary>
    protected Run Run { get; private set; } = null!;

    /// <summary>Whether publishers fence, as on systems where no process can order the stores of another.</summary>
    public virtual bool Fences => false;

    /// <summary>Creates the participants and the threads.</summary>
    protected abstract void SetUp();

    /// <summary>What must be true when every thread has ended. Called outside of the run.</summary>
    protected virtual void Check()
    {
    }

    /// <summary>Starts a thread of the calling thread's process.</summary>
    public static void StartThread(string name, Action body, bool isBackground = false) =>
        Run.Current!.Add(name, CurrentProcess, body).IsBackground = isBackground;

    /// <summary>Runs the whole program once.</summary>
    public void Execute(Run run)
    {
        Run = run;
        Run.Current = run;
        Host.SharedMemory.Clear();
        Host.VirtualPlatform.Fences = Fences;
        Cancelling = null;
        Statics.Reset();
        try
        {
            SetUp();
            t_setUp = null;
            run.Go();
            if (run.Failure is null)
            {
                if (run.Scheduler.Interruptions.Count == 0)
                {
                    Statics.CheckLoops(_processes);
                }

                Check();
            }
        }
        catch (Exception failure)
        {
            run.Fail(failure is ExplorationFailure ? failure.Message : failure.ToString());
        }
        finally
        {
            t_setUp = null;
        }
    }

    protected VirtualProcess Process(string name)
    {
        VirtualProcess process = new(_processes.Count + 1, name);
        _processes.Add(process);
        return process;
    }

    /// <summary>Runs an action as a process, before the run.</summary>
    protected static T As<T>(VirtualProcess process, Func<T> make)
    {
        t_setUp = process;
        Statics.Enter(process);
        T made = make();
        t_setUp = null;
        return made;
    }

    /// <inheritdoc cref="As{T}" />
    protected static void As(VirtualProcess process, Action action) => As(process, () =>
    {
        action();
        return true;
    });

    protected VirtualThread Thread(string name, VirtualProcess process, Action body) => Run.Add(name, process, body);

    /// <summary>The process is killed at any step.</summary>
    protected void Kill(VirtualProcess process) => Run.Scheduler.Interrupt(process, kills: true);

    /// <summary>The process is killed at this step.</summary>
    protected void KillNow(VirtualProcess process)
    {
        Run.Kill(process);
        AllowOversleeping();
    }

    /// <summary>The process is stopped at any step, and keeps its locks.</summary>
    protected void Stop(VirtualProcess process) => Run.Scheduler.Interrupt(process, kills: false);

    /// <summary>A sleep may end because of its deadline.</summary>
    protected void AllowOversleeping() => Run.Scheduler.MayOversleep = true;

    protected static void Cancel(CancellationTokenSource source)
    {
        Cancelling = VirtualThread.Current;
        source.Cancel();
        Cancelling = null;
    }

    /// <summary>Waits until a condition holds. The report calls it by the name.</summary>
    protected static void Await(Func<bool> isSo, string name) => Hook.Await(isSo, Timeout.InfiniteTimeSpan, name);

    /// <summary>Waits for a task of the library without a continuation, then takes its result.</summary>
    protected static T Await<T>(ValueTask<T> task)
    {
        Await(() => task.IsCompleted, "task");
        return task.GetAwaiter().GetResult();
    }

    protected static void Await(ValueTask task)
    {
        Await(() => task.IsCompleted, "task");
        task.GetAwaiter().GetResult();
    }

    /// <summary>Runs an action that may end with such an exception.</summary>
    protected static void MayThrow<TException>(Action action) where TException : Exception
    {
        try
        {
            action();
        }
        catch (TException)
        {
        }
    }

    protected static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new ExplorationFailure(message);
        }
    }
}
