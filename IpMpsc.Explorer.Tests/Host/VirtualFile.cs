using Exploring.Engine;
using IpMpsc.Layout;
using IpMpsc.Platform;

namespace Exploring.Host;

/// <summary>An open file description of a process, with its mapping and its locks.</summary>
internal sealed unsafe class VirtualFile : SegmentFile
{
    private readonly int _mapping;
    private readonly Run _run = Run.Current!;
    private bool _isOpen = true;

    public VirtualFile(VirtualInode inode, int mapping, VirtualProcess process)
    {
        Inode = inode;
        _mapping = mapping;
        Address = SharedMemory.Address(inode.Number, mapping);
        Length = inode.Length;
        process.Files.Add(this);
    }

    public VirtualInode Inode { get; }

    public bool IsOpen => _isOpen;

    public override bool IsRemoved => _run.Files.IsRemoved(Inode);

    public override bool TryLock(long offset, long length)
    {
        Hook.Call(Inode.LockAddress(offset), writes: true, "lock", Span(length));
        if (IsHeldElsewhere(offset, length))
        {
            return false;
        }

        for (long at = offset; at < offset + Math.Min(length, SegmentLayout.MaxSlotCount + 4); at++)
        {
            Inode.Locks[at] = this;
        }

        return true;
    }

    public override void Unlock(long offset, long length)
    {
        Hook.Call(Inode.LockAddress(offset), writes: true, "unlock", Span(length));
        foreach (long at in Inode.Locks.Keys.Where(at => at >= offset && at < offset + length && Inode.Locks[at] == this).ToArray())
        {
            Inode.Locks.Remove(at);
        }
    }

    public override bool IsLockedElsewhere(long offset, long length)
    {
        int step = Hook.Call(Inode.LockAddress(offset), writes: false, "is locked?", Span(length));
        bool isLocked = IsHeldElsewhere(offset, length);
        Hook.Note(step, isLocked ? 1UL : 0);
        return isLocked;
    }

    public override bool IsNamed(string path) => _run.Files.IsNamed(Inode, path);

    public override void Dispose()
    {
        if (_run != Run.Current || !_isOpen)
        {
            return; // Called by the finalizer of a participant of another run.
        }

        _isOpen = false;
        Hook.Call(Inode.LockAddress(1L << 62), writes: true, "close", SegmentLayout.MaxSlotCount);
        SharedMemory.Map(Inode.Number, _mapping, isMapped: false);
        DropLocks();
    }

    public void DropLocks()
    {
        foreach (long at in Inode.Locks.Keys.Where(at => Inode.Locks[at] == this).ToArray())
        {
            Inode.Locks.Remove(at);
        }
    }

    private static int Span(long length) => (int)Math.Min(length, SegmentLayout.MaxSlotCount + 4);

    private bool IsHeldElsewhere(long offset, long length)
    {
        foreach ((long at, VirtualFile holder) in Inode.Locks)
        {
            if (at >= offset && at < offset + length && holder != this)
            {
                return true;
            }
        }

        return false;
    }
}
