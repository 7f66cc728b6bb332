using Exploring.Host;

namespace Exploring.Engine;

/// <summary>The calls of explored code into the scheduler. Outside of a run, while a program is set up or checked, each takes effect at once.</summary>
internal static unsafe class Hook
{
    // ---- memory -------------------------------------------------------------------------------

    public static ulong Load(nint address, int length)
    {
        if (VirtualThread.Current is not { } thread)
        {
            return SharedMemory.Read(SharedMemory.Canonical(address), length);
        }

        nint word = SharedMemory.Canonical(address);
        if (thread.Stores.TryForward(word, length, out ulong own))
        {
            thread.Run.ThrowIfEnded();
            thread.StepName = null;
            return own; // This load is independent of all other threads.
        }

        int step = thread.Run.Take(thread, new Step { Kind = StepKind.Load, Address = word, Length = length });
        SharedMemory.Canonical(address); // Another thread may have unmapped it while this one waited for its turn.
        ulong value = thread.Run.Memory.Visible(word, length);
        thread.Run.Note(step, value);
        return value;
    }

    public static void Store(nint address, int length, ulong value, bool isRelease)
    {
        nint word = SharedMemory.Canonical(address);
        if (VirtualThread.Current is not { } thread)
        {
            SharedMemory.Write(word, length, value);
            return;
        }

        Run run = thread.Run;
        if (run.Model == MemoryModel.Sequential)
        {
            int taken = run.Take(thread, new Step { Kind = StepKind.Store, Address = word, Length = length, Writes = true });
            SharedMemory.Canonical(address);
            SharedMemory.Write(word, length, value);
            run.Note(taken, value);
            return;
        }

        string? name = thread.StepName;
        int step = run.Take(thread, new Step { Kind = StepKind.Buffer, Process = thread.Process.Index });
        SharedMemory.Canonical(address);
        run.Note(step, value);
        run.Memory.Send(thread, new StoreBuffer.Entry
        {
            Address = word,
            Length = length,
            Value = value,
            IsRelease = isRelease || run.Model == MemoryModel.Tso,
            Cause = step,
            Name = name,
        });
    }

    /// <summary>An interlocked operation: returns the old value and stores the result of <paramref name="change"/>, unless that is the same.</summary>
    public static ulong Exchange<TState>(nint address, int length, TState state, Func<ulong, TState, ulong> change)
    {
        nint word = SharedMemory.Canonical(address);
        if (VirtualThread.Current is not { } thread)
        {
            ulong was = SharedMemory.Read(word, length);
            SharedMemory.Write(word, length, change(was, state));
            return was;
        }

        Run run = thread.Run;
        string? name = thread.StepName;
        int step = run.Take(thread, new Step { Kind = StepKind.Exchange, Address = word, Length = length, Writes = true });
        SharedMemory.Canonical(address);
        run.Memory.DrainReserved(thread, word, length);
        if (!thread.Stores.TryForward(word, length, out ulong seen))
        {
            seen = run.Memory.Visible(word, length);
        }

        ulong changed = change(seen, state);
        run.SetValue(step, changed == seen ? $"{(long)seen}, unchanged" : $"{(long)seen} -> {(long)changed}");
        if (run.Model != MemoryModel.Arm64)
        {
            run.Memory.Publish(word, length, changed);
        }
        else if (changed != seen)
        {
            run.Memory.Send(thread, new StoreBuffer.Entry
            {
                Address = word, Length = length, Value = changed, IsRelease = true, IsReserved = true, Cause = step, Name = name,
            });
        }

        return seen;
    }

    /// <summary>
    /// The payload is written by plain stores, at once. Earlier stores of the same thread to its words are visible before them, and so is what an
    /// interlocked operation stored: a store does not overtake that.
    /// </summary>
    public static void BeforePlainStores(nint address, int length)
    {
        if (VirtualThread.Current is { } thread)
        {
            thread.Run.Take(thread, new Step { Kind = StepKind.Store, Address = SharedMemory.Canonical(address), Length = length, Writes = true, Name = "payload" });
            SharedMemory.Canonical(address);
        }
    }

    /// <summary>The payload of a record that is not the reader's own is copied, at once.</summary>
    public static void BeforePlainLoads(nint address, long length)
    {
        if (VirtualThread.Current is { } thread && length > 0)
        {
            thread.Run.Take(thread, new Step { Kind = StepKind.Load, Address = SharedMemory.Canonical(address), Length = (int)Math.Min(length, SharedMemory.FileSize), Name = "copy" });
            SharedMemory.Canonical(address);
        }
    }

    public static void Fence() => VirtualThread.Current?.Run.Take(VirtualThread.Current, new Step { Kind = StepKind.Fence });

    public static void Barrier(bool ofProcess)
    {
        if (VirtualThread.Current is { } thread)
        {
            thread.Run.Take(thread, new Step { Kind = StepKind.Barrier, Process = ofProcess ? thread.Process.Index : -1 });
        }
    }

    // ---- the system ---------------------------------------------------------------------------

    /// <summary>A call on something that an address stands for.</summary>
    public static int Call(nint address, bool writes, string name, int length = 1)
    {
        if (VirtualThread.Current is not { } thread)
        {
            return -1;
        }

        if (thread.StepName is { } step)
        {
            thread.StepName = $"{step} ({name})";
        }

        return thread.Run.Take(thread, new Step { Kind = StepKind.Call, Address = address, Length = length, Writes = writes, Name = thread.StepName ?? name });
    }

    public static void Note(int step, ulong value)
    {
        if (step >= 0)
        {
            VirtualThread.Current!.Run.Note(step, value);
        }
    }

    public static void Park(ReadOnlySpan<nint> addresses, ReadOnlySpan<uint> raised, TimeSpan limit, Interruption? interruption)
    {
        VirtualThread thread = VirtualThread.Current ?? throw new InvalidOperationException("No thread may sleep while a program is set up.");
        Run run = thread.Run;

        // The kernel compares and starts the sleep in one step, also for several words.
        nint first = addresses.Length > 0 ? SharedMemory.Canonical(addresses[0]) : interruption!.Address;
        nint[]? more = interruption is null ? null : [interruption.Address, .. addresses.ToArray().Select(SharedMemory.Canonical)];
        int step = run.Take(thread, new Step { Kind = StepKind.Park, Address = first, Length = 4, More = more });
        thread.Sleeping.Clear();
        bool sleeps = interruption is not { IsSet: true };
        for (int index = 0; index < addresses.Length; index++)
        {
            nint word = SharedMemory.Canonical(addresses[index]);
            thread.Sleeping.Add(word);
            sleeps &= SharedMemory.Read(word, 4) == raised[index];
        }

        run.SetValue(step, sleeps ? "sleeps" : "does not sleep");
        if (!sleeps)
        {
            thread.Sleeping.Clear();
            return;
        }

        if (interruption is not null)
        {
            thread.Sleeping.Add(interruption.Address);
        }

        thread.IsWoken = false;
        long deadline = limit < TimeSpan.FromDays(1) ? run.Scheduler.Now + Math.Max(1, (long)Math.Ceiling(limit.TotalMilliseconds)) : long.MaxValue;
        step = run.Take(thread, new Step { Kind = StepKind.Resume, Address = first, Length = 4, More = more }, () => thread.IsWoken, deadline);
        run.SetValue(step, thread.IsWoken ? "woken" : "timed out");
        thread.Sleeping.Clear();
    }

    public static void Wake(nint address)
    {
        if (VirtualThread.Current is { } thread)
        {
            nint word = SharedMemory.Canonical(address);
            thread.Run.Take(thread, new Step { Kind = StepKind.Wake, Address = word, Length = 4, Writes = true });
            WakeSleepers(thread.Run, word);
        }
    }

    public static void Interrupt(Interruption interruption)
    {
        if (VirtualThread.Current is { } thread)
        {
            thread.Run.Take(thread, new Step { Kind = StepKind.Wake, Address = interruption.Address, Length = 4, Writes = true, Name = "interrupt" });
            WakeSleepers(thread.Run, interruption.Address);
        }

        interruption.IsSet = true;
    }

    private static void WakeSleepers(Run run, nint word)
    {
        foreach (VirtualThread other in run.Threads)
        {
            other.IsWoken |= other.Sleeping.Contains(word);
        }

        run.Watches.ForEach(watch => watch(word));
    }

    // ---- the process --------------------------------------------------------------------------

    /// <summary>Continues when the condition holds; false if the time passed first.</summary>
    public static bool Await(Func<bool> condition, TimeSpan limit, string name)
    {
        if (VirtualThread.Current is not { } thread)
        {
            return condition() ? true : throw new InvalidOperationException($"No thread may wait while a program is set up: {name}.");
        }

        long deadline = limit >= TimeSpan.Zero && limit < TimeSpan.FromDays(1) ? thread.Run.Scheduler.Now + (long)Math.Ceiling(limit.TotalMilliseconds) : long.MaxValue;
        thread.Run.Take(thread, new Step { Kind = StepKind.Await, Name = name }, condition, deadline);
        bool isMet = condition();
        if (isMet)
        {
            thread.Run.Memory.DrainProcess(thread.Process.Index); // The thread that made it true had released its earlier stores.
        }

        return isMet;
    }

    public static void Pause(TimeSpan time)
    {
        if (VirtualThread.Current is { } thread && time > TimeSpan.Zero)
        {
            long end = thread.Run.Scheduler.Now + Math.Max(1, (long)Math.Ceiling(time.TotalMilliseconds));
            thread.Run.Take(thread, new Step { Kind = StepKind.Pause }, () => thread.Run.Scheduler.Now >= end, end);
        }
    }
}
