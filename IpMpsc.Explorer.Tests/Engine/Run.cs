using Exploring.Host;

namespace Exploring.Engine;

/// <summary>
/// One run of a program. An <see cref="IStrategy"/> decides which actor takes the next step. Every thread stops before each
/// step, and the thread that stops chooses which one continues, so a step without a change of threads costs no
/// switch.
/// </summary>
internal sealed class Run
{
    /// <summary>A run that takes more steps is considered endless.</summary>
    private const int MostSteps = 6_000;

    /// <summary>
    /// A stopped process continues after time has passed this often: long enough for every check for dead owners.
    /// </summary>
    private const int LooksBeforeGoingOn = 6;

    private readonly IStrategy _strategy;
    private readonly List<VirtualThread> _threads = [];
    private readonly List<(VirtualProcess Process, bool Kills)> _interruptions = [];
    private readonly Baton _main = new();
    private readonly Dictionary<object, Lock> _locks = new(ReferenceEqualityComparer.Instance);
    private int _passed; // How often time has passed while a process was stopped.
    private ulong _interrupted; // Interruptions that were made.
    private int _last = -1; // The thread that took the last step.

    public Run(MemoryModel model, IStrategy strategy)
    {
        _strategy = strategy;
        Model = model;
        Memory = new RunMemory(this);
    }

    /// <summary>The run under way; the explorer makes one at a time.</summary>
    public static Run? Current { get; set; }

    public MemoryModel Model { get; }

    public RunMemory Memory { get; }

    public List<Step> Steps { get; } = new(256);

    /// <summary>The choices of the run, and the chosen actors. Several steps can follow one choice, such as the stores before a fence.</summary>
    public List<(Choice Choice, int Actor)> Choices { get; } = new(256);

    public IReadOnlyList<VirtualThread> Threads => _threads;

    public IReadOnlyList<(VirtualProcess Process, bool Kills)> Interruptions => _interruptions;

    public VirtualStore Files { get; } = new();

    /// <summary>Told of each word whose sleepers are woken, in the same step.</summary>
    public List<Action<nint>> Watches { get; } = [];

    /// <summary>Virtual milliseconds.</summary>
    public long Now { get; private set; } = 1_000;

    /// <summary>What went wrong; null if nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether the run is over, so that every thread must end: each hook throws.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether a sleep may end only by its deadline without being a failure.</summary>
    public bool MayOversleep { get; set; }

    /// <summary>How many sleeps ended only by their deadlines.</summary>
    public int Overslept { get; private set; }

    public VirtualThread Add(string name, VirtualProcess process, Action body)
    {
        VirtualThread thread = new(this, _threads.Count, name, process, body) { Next = new Step { Kind = StepKind.Begin } };
        if (thread.Index == Actors.MostThreads)
        {
            throw new InvalidOperationException($"A program has at most {Actors.MostThreads} threads.");
        }

        _threads.Add(thread);
        Workers.Start(thread);
        return thread;
    }

    /// <summary>Has a process killed, or stopped, at any step of the run.</summary>
    public void Interrupt(VirtualProcess process, bool kills) => _interruptions.Add((process, kills));

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
        step.Choice = Choices.Count - 1;
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
        VirtualThread? next = HasEnded ? null : Next();
        if (next is null)
        {
            HasEnded = true;
            next = _threads.Find(static other => !other.HasEnded);
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

    /// <summary>The thread that takes the next step, after those of memories and interruptions; null if the run is over.</summary>
    private VirtualThread? Next()
    {
        while (true)
        {
            if (Steps.Count >= MostSteps)
            {
                Fail($"The run does not end: {MostSteps:N0} steps were taken.");
                return null;
            }

            if (!TryChoose(out Choice choice))
            {
                if (!TryGoOnLater())
                {
                    return null;
                }

                continue;
            }

            int actor = choice.Enabled == Actors.Bit(choice.Usual) ? choice.Usual : _strategy.Pick(Choices.Count, choice);
            Choices.Add((choice, actor));
            Memory.Newest = -1;
            if (Actors.IsThread(actor))
            {
                _last = actor;
                return _threads[actor];
            }

            if (Actors.IsMemory(actor))
            {
                Memory.Flush(_threads[Actors.ThreadOf(actor)], actor);
            }
            else
            {
                Interrupt(actor);
            }
        }
    }

    /// <summary>The actors that may take the next step, and the default one.</summary>
    private bool TryChoose(out Choice choice)
    {
        ulong threads = 0;
        ulong memories = 0;
        ulong interruptions = 0;
        foreach (VirtualThread thread in _threads)
        {
            if (thread.CanStep)
            {
                threads |= Actors.Bit(thread.Index);
            }

            if (!thread.Stores.IsEmpty)
            {
                memories |= Actors.Bit(Actors.Memory + thread.Index);
                if (thread.Stores.NextToLeave(newestFirst: true) != 0)
                {
                    memories |= Actors.Bit(Actors.Overtaking + thread.Index);
                }
            }
        }

        for (int index = 0; index < _interruptions.Count; index++)
        {
            if ((_interrupted & Actors.Bit(index)) == 0)
            {
                interruptions |= Actors.Bit(Actors.Interruption + index);
            }
        }

        ulong enabled = threads | memories | interruptions;
        choice = default;
        if (enabled == 0)
        {
            return false;
        }

        ulong last = _last >= 0 ? threads & Actors.Bit(_last) : 0;
        ulong eager = Memory.Newest >= 0 ? memories & Actors.Bit(Actors.Memory + Memory.Newest) : 0;
        int usual = eager != 0 ? Actors.First(eager)
            : last != 0 ? _last
            : threads != 0 ? Actors.First(threads)
            : memories != 0 ? Actors.First(memories)
            : Actors.First(interruptions);

        // A delayed store may leave at any moment. Delaying it costs, and so does preempting a thread that could continue.
        ulong free = eager != 0 ? eager | interruptions
            : (last != 0 ? last : threads) | memories | interruptions;
        choice = new Choice(enabled, usual, free);
        return true;
    }

    private void Interrupt(int actor)
    {
        int index = actor - Actors.Interruption;
        (VirtualProcess process, bool kills) = _interruptions[index];
        _interrupted |= Actors.Bit(index);
        MayOversleep |= _threads.Exists(thread => thread.Process == process && !thread.HasEnded);
        if (kills)
        {
            Kill(process);
        }
        else
        {
            process.IsInterrupted = true;
        }

        Add(new Step
        {
            Actor = actor,
            Kind = StepKind.Death,
            Process = process.Index,
            Cause = -1,
            Name = kills ? "is killed" : "is stopped",
        });
    }

    /// <summary>No actor can take a step now: lets time pass, or resumes the stopped processes.</summary>
    private bool TryGoOnLater()
    {
        if (_threads.TrueForAll(static thread => thread.HasEnded || thread.IsBackground || thread.Process.IsDead))
        {
            return false;
        }

        VirtualProcess? stopped = _threads.Find(static thread => !thread.HasEnded && thread.Process is { IsInterrupted: true, IsDead: false })?.Process;
        if (stopped is null
            || (_passed++ < LooksBeforeGoingOn && _threads.Exists(static thread => !thread.HasEnded && !thread.Process.IsInterrupted && thread.Deadline < long.MaxValue)))
        {
            return TryLetTimePass();
        }

        stopped.IsInterrupted = false;
        return true;
    }

    /// <summary>Advances the time to the earliest deadline; false if there is none.</summary>
    private bool TryLetTimePass()
    {
        VirtualThread? first = null;
        foreach (VirtualThread thread in _threads)
        {
            if (!thread.HasEnded && !thread.Process.IsInterrupted && (first is null || thread.Deadline < first.Deadline))
            {
                first = thread;
            }
        }

        if (first is null)
        {
            return false; // Every thread has ended.
        }

        if (first.Deadline == long.MaxValue)
        {
            Fail($"Stuck: {string.Join(", ", _threads.Where(thread => !thread.HasEnded && !thread.Process.IsInterrupted)
                .Select(thread => $"{thread.Name} waits ({thread.Next.Kind} {thread.Next.Name})"))}, and nobody else can take a step.");
            return false;
        }

        if (first.Next.Kind == StepKind.Resume || first.Next is { Kind: StepKind.Await, Name: IpMpsc.SemaphoreSlim.StepName })
        {
            Overslept++;
            if (!MayOversleep)
            {
                Fail($"A wake-up was lost: {first.Name} sleeps although nobody else can take a step. Only its time limit wakes it.");
                return false;
            }
        }

        Now = Math.Max(Now, first.Deadline);
        first.IsOverdue = true;
        return true;
    }
}
