namespace Exploring.Engine;

/// <summary>
/// Decides who takes each step of a run: a thread, the memory behind a store buffer, or an interruption. If none of them can, time passes.
/// </summary>
internal sealed class Scheduler(Run run, IStrategy strategy)
{
    /// <summary>A run that takes more steps is considered endless.</summary>
    private const int MostSteps = 6_000;

    /// <summary>A stopped process continues after time has passed this often: long enough for every check for dead owners.</summary>
    private const int LooksBeforeGoingOn = 6;

    private readonly List<(VirtualProcess Process, bool Kills)> _interruptions = [];
    private int _passed; // How often time has passed while a process was stopped.
    private ulong _interrupted; // Interruptions that were made.
    private int _last = -1; // The thread that took the last step.

    /// <summary>The choices of the run, and the chosen actors. Several steps can follow one choice, such as the stores before a fence.</summary>
    public List<(Choice Choice, int Actor)> Choices { get; } = new(256);

    public IReadOnlyList<(VirtualProcess Process, bool Kills)> Interruptions => _interruptions;

    /// <summary>Virtual milliseconds.</summary>
    public long Now { get; private set; } = 1_000;

    /// <summary>Whether a sleep may end only by its deadline without being a failure.</summary>
    public bool MayOversleep { get; set; }

    /// <summary>Has a process killed, or stopped, at any step of the run.</summary>
    public void Interrupt(VirtualProcess process, bool kills) => _interruptions.Add((process, kills));

    /// <summary>The thread that takes the next step, after those of memories and interruptions; null if the run is over.</summary>
    public VirtualThread? Next()
    {
        while (true)
        {
            if (run.Steps.Count >= MostSteps)
            {
                run.Fail($"The run does not end: {MostSteps:N0} steps were taken.");
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

            int actor = choice.Enabled == Actors.Bit(choice.Usual) ? choice.Usual : strategy.Pick(Choices.Count, choice);
            Choices.Add((choice, actor));
            run.Memory.Newest = -1;
            if (Actors.IsThread(actor))
            {
                _last = actor;
                return run.Threads[actor];
            }

            if (Actors.IsMemory(actor))
            {
                run.Memory.Flush(run.Threads[Actors.ThreadOf(actor)], actor);
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
        foreach (VirtualThread thread in run.Threads)
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
        ulong eager = run.Memory.Newest >= 0 ? memories & Actors.Bit(Actors.Memory + run.Memory.Newest) : 0;
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
        MayOversleep |= run.Threads.Exists(thread => thread.Process == process && !thread.HasEnded);
        if (kills)
        {
            run.Kill(process);
        }
        else
        {
            process.IsInterrupted = true;
        }

        run.Add(new Step
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
        if (run.Threads.TrueForAll(static thread => thread.HasEnded || thread.IsBackground || thread.Process.IsDead))
        {
            return false;
        }

        VirtualProcess? stopped = run.Threads.Find(static thread => !thread.HasEnded && thread.Process is { IsInterrupted: true, IsDead: false })?.Process;
        if (stopped is null
            || (_passed++ < LooksBeforeGoingOn && run.Threads.Exists(static thread => !thread.HasEnded && !thread.Process.IsInterrupted && thread.Deadline < long.MaxValue)))
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
        foreach (VirtualThread thread in run.Threads)
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
            run.Fail($"Stuck: {string.Join(", ", run.Threads.Where(thread => !thread.HasEnded && !thread.Process.IsInterrupted)
                .Select(thread => $"{thread.Name} waits ({thread.Next.Kind} {thread.Next.Name})"))}, and nobody else can take a step.");
            return false;
        }

        if (!MayOversleep && first.Next is { Kind: StepKind.Resume } or { Kind: StepKind.Await, Name: IpMpsc.SemaphoreSlim.StepName })
        {
            run.Fail($"A wake-up was lost: {first.Name} sleeps although nobody else can take a step. Only its time limit wakes it.");
            return false;
        }

        Now = Math.Max(Now, first.Deadline);
        first.IsOverdue = true;
        return true;
    }
}
