using Exploring.Host;

namespace Exploring.Engine;

/// <summary>
/// One run of a program: its threads, and the steps that they took. Every thread stops before each step, and the thread that stops asks
/// the <see cref="Scheduler"/> which one continues, so a step without a change of threads costs no switch.
/// </summary>
internal sealed class Run
{
    private readonly Baton _main = new();
    private readonly Dictionary<object, Lock> _locks = new(ReferenceEqualityComparer.Instance);

    public Run(MemoryModel model, IStrategy strategy)
    {
        Model = model;
        Memory = new RunMemory(this);
        Scheduler = new Scheduler(this, strategy);
    }

    /// <summary>The run under way; the explorer makes one at a time.</summary>
    public static Run? Current { get; set; }

    public MemoryModel Model { get; }

    public RunMemory Memory { get; }

    public Scheduler Scheduler { get; }

    public List<Step> Steps { get; } = new(256);

    public List<VirtualThread> Threads { get; } = [];

    public VirtualStore Files { get; } = new();

    /// <summary>Told of each word whose sleepers are woken, in the same step.</summary>
    public List<Action<nint>> Watches { get; } = [];

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the run is over, so that every thread must end: each hook throws.</summary>
    public bool HasEnded { get; private set; }

    public VirtualThread Add(string name, VirtualProcess process, Action body)
    {
        VirtualThread thread = new(this, Threads.Count, name, process, body) { Next = new Step { Kind = StepKind.Begin } };
        if (thread.Index == Actors.MostThreads)
        {
            throw new InvalidOperationException($"A program has at most {Actors.MostThreads} threads.");
        }

        Threads.Add(thread);
        Workers.Start(thread);
        return thread;
    }

    /// <summary>The process is dead from now on. Stores that are already in its store buffers are not lost.</summary>
    public void Kill(VirtualProcess process)
    {
        Memory.DrainProcess(process.Index);
        process.IsInterrupted = process.IsDead = true;
        Files.DropLocksOf(process);
    }

    /// <summary>Runs every thread to its end; the calling thread waits.</summary>
    public void Go()
    {
        PassOn(null);
        _main.Await();
    }

    public void ThrowIfEnded()
    {
        if (HasEnded)
        {
            throw new RunEnded();
        }
    }

    public void Fail(string message)
    {
        Failure ??= message;
        HasEnded = true;
    }

    /// <summary>Stops before a step until it is this thread's turn, and notes the step.</summary>
    public int Take(VirtualThread thread, Step step, Func<bool>? mayGoOn = null, long deadline = long.MaxValue)
    {
        ThrowIfEnded();
        step.Name ??= thread.StepName;
        thread.StepName = null;
        thread.Next = step;
        thread.MayGoOn = mayGoOn;
        thread.Deadline = deadline;
        thread.IsOverdue = false;
        PassOn(thread);
        if (step.Kind is StepKind.Fence or StepKind.Barrier or StepKind.Enter or StepKind.Exit or StepKind.Call
            or StepKind.Park or StepKind.Wake or StepKind.End or StepKind.Pause or StepKind.Store
            || (step.Kind == StepKind.Exchange && Model != MemoryModel.Arm64))
        {
            Memory.Drain(thread); // System calls are fences, too, and so are interlocked operations on x86-64.
        }

        if (step.Kind == StepKind.Barrier)
        {
            Memory.DrainProcess(step.Process);
        }

        return Record(thread);
    }

    /// <summary>Notes the next step of a thread as taken.</summary>
    public int Record(VirtualThread thread)
    {
        thread.MayGoOn = null;
        thread.Deadline = long.MaxValue;
        Step step = thread.Next;
        step.Actor = thread.Index;
        step.Cause = -1;
        return Add(step);
    }

    /// <summary>Notes a step.</summary>
    public int Add(Step step)
    {
        step.Choice = Scheduler.Choices.Count - 1;
        Steps.Add(step);
        return Steps.Count - 1;
    }

    /// <summary>What was read or written in a step, for the table.</summary>
    public void Note(int step, ulong value) => SetValue(step, unchecked((long)value).ToString(global::System.Globalization.CultureInfo.InvariantCulture));

    public void SetValue(int step, string value)
    {
        Step taken = Steps[step];
        taken.Value = value;
        Steps[step] = taken;
    }

    public void SetKind(int step, StepKind kind, bool writes)
    {
        Step taken = Steps[step];
        taken.Kind = kind;
        taken.Writes = writes;
        Steps[step] = taken;
    }

    /// <summary>Notes that a lock was released. There is no choice before it, because no actor could do anything that matters since the last step.</summary>
    public void Released(VirtualThread thread, nint address)
    {
        Memory.Drain(thread);
        Add(new Step { Actor = thread.Index, Kind = StepKind.Exit, Address = address, Length = 1, Writes = true, Cause = -1 });
    }

    /// <summary>Called by a thread at its end.</summary>
    public void Leave(VirtualThread thread) => PassOn(thread);

    /// <summary>The lock that stands for an object of the run.</summary>
    public Lock LockOf(object key)
    {
        if (!_locks.TryGetValue(key, out Lock? found))
        {
            _locks.Add(key, found = new Lock());
        }

        return found;
    }

    /// <summary>Chooses who takes the next step. Returns when that is the calling thread.</summary>
    private void PassOn(VirtualThread? thread)
    {
        VirtualThread? next = HasEnded ? null : Scheduler.Next();
        if (next is null)
        {
            HasEnded = true;
            next = Threads.Find(static other => !other.HasEnded);
            if (next is null)
            {
                _main.Pass();
                return;
            }
        }

        if (next != thread)
        {
            Statics.Enter(next.Process);
            next.Baton.Pass();
            if (thread is null or { HasEnded: true })
            {
                return;
            }

            thread.Baton.Await();
        }

        ThrowIfEnded();
    }
}
