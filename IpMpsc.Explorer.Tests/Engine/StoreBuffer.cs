namespace Exploring.Engine;

/// <summary>The stores of one thread that have not reached memory.</summary>
internal sealed class StoreBuffer
{
    public struct Entry
    {
        public nint Address;
        public int Length;
        public ulong Value;

        /// <summary>Whether it leaves after everything before it. A plain store may overtake others.</summary>
        public bool IsRelease;

        /// <summary>Whether an interlocked operation has read the word for it, so that no other store may come in between.</summary>
        public bool IsReserved;

        /// <summary>The step in which it entered.</summary>
        public int Cause;

        public string? Name;
    }

    public List<Entry> Entries { get; } = [];

    public bool IsEmpty => Entries.Count == 0;

    /// <summary>The newest value that this thread has stored there.</summary>
    public bool TryForward(nint address, int length, out ulong value)
    {
        for (int index = Entries.Count - 1; index >= 0; index--)
        {
            if (Entries[index].Address == address && Entries[index].Length == length)
            {
                value = Entries[index].Value;
                return true;
            }
        }

        value = 0;
        return false;
    }

    /// <summary>The newest entry of plain stores may leave first if nothing before it is for the same word; else the oldest one leaves.</summary>
    public int NextToLeave(bool newestFirst)
    {
        if (newestFirst)
        {
            for (int index = Entries.Count - 1; index > 0; index--)
            {
                if (MayLeave(index))
                {
                    return index;
                }
            }
        }

        return 0;
    }

    private bool MayLeave(int index)
    {
        if (Entries[index].IsRelease || Entries[index].IsReserved)
        {
            return false;
        }

        for (int earlier = 0; earlier < index; earlier++)
        {
            // A store must not overtake another store to the same word, or the store of an interlocked operation, on whose success later steps depend.
            if (Entries[earlier].IsReserved
                || (Entries[earlier].Address < Entries[index].Address + Entries[index].Length
                    && Entries[index].Address < Entries[earlier].Address + Entries[earlier].Length))
            {
                return false;
            }
        }

        return true;
    }
}
