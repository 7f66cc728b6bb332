using System.Diagnostics.CodeAnalysis;

namespace Exploring.Engine;

/// <summary>A thread of a run. It borrows an operating system's thread, and runs only while it has the baton.</summary>
internal sealed class VirtualThread(Run run, int index, string name, VirtualProcess process, Action body)
{
    [ThreadStatic]
    private static VirtualThread? t_current;

    /// <summary>The virtual thread that the calling thread plays; null outside of runs and while a run is set up.</summary>
    public static VirtualThread? Current => t_current;

    public Run Run { get; } = run;

    public int Index { get; } = index;

    public string Name { get; } = name;

    public VirtualProcess Process { get; } = process;

    public StoreBuffer Stores { get; } = new();

    /// <summary>The step that it takes next.</summary>
    public Step Next;

    /// <summary>Whether it may take that step now; null if it always may.</summary>
    public Func<bool>? MayGoOn { get; set; }

    /// <summary>When it continues even if it may not, in virtual milliseconds.</summary>
    public long Deadline { get; set; } = long.MaxValue;

    /// <summary>Whether it continued because of its deadline.</summary>
    public bool IsOverdue { get; set; }

    /// <summary>The words on which it sleeps.</summary>
    public HashSet<nint> Sleeping { get; } = [];

    public bool IsWoken { get; set; }

    public bool HasEnded { get; private set; }

    /// <summary>Whether the run does not wait for its end.</summary>
    public bool IsBackground { get; set; }

    /// <summary>The name of the protocol's step that comes next.</summary>
    public string? StepName { get; set; }

    public Baton Baton { get; } = new();

    public bool CanStep => !HasEnded && !Process.IsInterrupted && (IsOverdue || MayGoOn is null || MayGoOn());

    /// <summary>Runs an action without steps, because no other thread can notice it yet or because it is too long to explore.</summary>
    public static void Aside(Action action)
    {
        VirtualThread thread = t_current!;
        t_current = null;
        try
        {
            action();
        }
        finally
        {
            t_current = thread;
        }
    }

    /// <summary>Runs the body on a borrowed thread.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends the body is the run's result.")]
    public void Live(Action beforeLeaving)
    {
        t_current = this;
        try
        {
            Baton.Await();
            Run.ThrowIfEnded();
            Run.Record(this);
            body();
            Run.Take(this, new Step { Kind = StepKind.End });
            HasEnded = true;
        }
        catch (Exception) when (Run.HasEnded)
        {
            HasEnded = true;
        }
        catch (Exception failure)
        {
            HasEnded = true;
            Run.Fail(failure is ExplorationFailure ? failure.Message : $"{Name} threw {failure}");
        }
        finally
        {
            t_current = null;
        }

        beforeLeaving();
        Run.Leave(this);
    }
}
