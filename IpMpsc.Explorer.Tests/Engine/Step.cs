namespace Exploring.Engine;

/// <summary>What a step does, which decides which other steps it can be swapped with.</summary>
internal enum StepKind
{
    /// <summary>The first step of a thread.</summary>
    Begin,

    /// <summary>The last step of a thread.</summary>
    End,

    /// <summary>A load from memory.</summary>
    Load,

    /// <summary>A load that the thread's own store buffer answers.</summary>
    Forwarded,

    /// <summary>A store enters the store buffer of its thread.</summary>
    Buffer,

    /// <summary>A store reaches memory.</summary>
    Store,

    /// <summary>An interlocked operation.</summary>
    Exchange,

    /// <summary>A full fence of one thread.</summary>
    Fence,

    /// <summary>A fence in the threads of one process, or of all.</summary>
    Barrier,

    /// <summary>A lock of one process is taken.</summary>
    Enter,

    /// <summary>A lock of one process is released.</summary>
    Exit,

    /// <summary>A system call on a file: a lock, a name.</summary>
    Call,

    /// <summary>A thread goes to sleep on words, unless one of them has changed.</summary>
    Park,

    /// <summary>A sleeping thread continues.</summary>
    Resume,

    /// <summary>Wakes the sleepers of a word.</summary>
    Wake,

    /// <summary>A thread continues because a condition of the program holds.</summary>
    Await,

    /// <summary>A thread lets time pass.</summary>
    Pause,

    /// <summary>A process is killed, or stopped for good.</summary>
    Death,
}

/// <summary>One step of a run, as it was taken.</summary>
internal struct Step
{
    /// <summary>The actor that took it: a thread, the memory behind a thread's store buffer, or an interruption.</summary>
    public int Actor;
    public StepKind Kind;
    public nint Address;
    public int Length;
    public bool Writes;

    /// <summary>A store that later ones of the same thread may overtake.</summary>
    public bool IsPlain;

    /// <summary>The number of the process of a death or of a barrier; -1 for all.</summary>
    public int Process;

    /// <summary>The choice of the run that led to it.</summary>
    public int Choice;

    /// <summary>The step of the same run whose store this one lets reach memory; -1 otherwise.</summary>
    public int Cause;

    /// <summary>The protocol's name of the step, if it has one, and what was read or written.</summary>
    public string? Name;
    public string? Value;

    /// <summary>Further words of the same kind of access: those of a wait for many.</summary>
    public nint[]? More;

    public readonly bool Touches(in Step other)
    {
        if (Length != 0 && other.Length != 0 && Address < other.Address + other.Length && other.Address < Address + Length)
        {
            return true;
        }

        return (More is not null && other.Length != 0 && Array.IndexOf(More, other.Address) >= 0)
            || (other.More is not null && Length != 0 && Array.IndexOf(other.More, Address) >= 0);
    }
}
