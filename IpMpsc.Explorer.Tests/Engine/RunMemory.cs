using System.Globalization;
using Exploring.Host;

namespace Exploring.Engine;

/// <summary>The memory that the threads of a run see, and the stores that are on their way to it.</summary>
internal sealed class RunMemory(Run run)
{
    /// <summary>
    /// What other threads see of a process's words that have stores on their way. The words themselves already have the newest values, because the
    /// thread that stored them may also read them by plain loads, which the explorer does not see.
    /// </summary>
    private readonly Dictionary<nint, ulong> _visible = [];

    /// <summary>The thread whose newest store reaches memory next; -1 if there is none.</summary>
    public int Newest { get; set; } = -1;

    /// <summary>What memory holds for threads that have not stored there themselves.</summary>
    public ulong Visible(nint address, int length) =>
        _visible.TryGetValue(address, out ulong value) ? value : SharedMemory.Read(address, length);

    /// <summary>Makes a value visible to every thread.</summary>
    public void Publish(nint address, int length, ulong value)
    {
        if (_visible.ContainsKey(address))
        {
            if (run.Threads.Any(thread => thread.Stores.Entries.Exists(entry => entry.Address == address)))
            {
                _visible[address] = value;
                return;
            }

            _visible.Remove(address);
        }

        SharedMemory.Write(address, length, value);
    }

    /// <summary>Puts a store on its way. It reaches memory next, unless the strategy decides otherwise.</summary>
    public void Send(VirtualThread thread, StoreBuffer.Entry store)
    {
        if (!SharedMemory.IsShared(store.Address))
        {
            _visible.TryAdd(store.Address, SharedMemory.Read(store.Address, store.Length));
            SharedMemory.Write(store.Address, store.Length, store.Value);
        }

        thread.Stores.Entries.Add(store);
        Newest = thread.Index;
    }

    /// <summary>Lets every store of a thread reach memory: what a fence does.</summary>
    public void Drain(VirtualThread thread)
    {
        while (!thread.Stores.IsEmpty)
        {
            Flush(thread, Actors.Memory + thread.Index);
        }
    }

    /// <summary>Lets every store of a process reach memory, or those of all processes if the number is -1.</summary>
    public void DrainProcess(int process)
    {
        foreach (VirtualThread thread in run.Threads)
        {
            if (process < 0 || thread.Process.Index == process)
            {
                Drain(thread);
            }
        }
    }

    /// <summary>Lets a store of another thread reach memory that must come before any other store to that word.</summary>
    public void DrainReserved(VirtualThread storing, nint address, int length)
    {
        foreach (VirtualThread thread in run.Threads)
        {
            if (thread != storing)
            {
                while (thread.Stores.Entries.Exists(
                    entry => entry.IsReserved && entry.Address < address + length && address < entry.Address + entry.Length))
                {
                    Flush(thread, Actors.Memory + thread.Index);
                }
            }
        }
    }

    /// <summary>A store of a thread reaches memory.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="actor">Says which one: the oldest, or the newest that may overtake.</param>
    public void Flush(VirtualThread thread, int actor)
    {
        int index = thread.Stores.NextToLeave(newestFirst: actor >= Actors.Overtaking);
        StoreBuffer.Entry entry = thread.Stores.Entries[index];
        if (!entry.IsReserved)
        {
            DrainReserved(thread, entry.Address, entry.Length);
        }

        thread.Stores.Entries.RemoveAt(index);
        Publish(entry.Address, entry.Length, entry.Value);
        run.Add(new Step
        {
            Actor = actor,
            Kind = StepKind.Store,
            Address = entry.Address,
            Length = entry.Length,
            Writes = true,
            IsPlain = entry is { IsRelease: false, IsReserved: false },
            Cause = entry.Cause,
            Name = entry.Name,
            Value = unchecked((long)entry.Value).ToString(CultureInfo.InvariantCulture),
        });
    }
}
