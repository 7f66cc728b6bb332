namespace IpMpsc.Platform.Unix;

/// <summary>
/// What the segment's files need of a Unix and what differs between them: numbers, structures, and the way
/// in which a C function with a variable number of arguments is called.
/// </summary>
internal abstract unsafe class UnixCalls
{
    /// <summary>The error of a lock that somebody else holds.</summary>
    public abstract int EAGAIN { get; }

    /// <summary>The error of a name that is a link.</summary>
    public abstract int ELOOP { get; }

    /// <summary>Makes a file that nobody inherits; the name must not exist. A negative number with the last P/Invoke error set if that fails.</summary>
    public abstract int CreateNew(string path, uint mode);

    /// <summary>
    /// Opens a file that nobody inherits: not through a link, and without blocking, because opening a FIFO or a
    /// device could wait for ever. A negative number with the last P/Invoke error set if that fails.
    /// </summary>
    public abstract int OpenExisting(string path, bool toRead);

    /// <summary>The status of an open file.</summary>
    public abstract FileStatus? StatusOf(int descriptor);

    /// <summary>The status of a name itself: a link is described, not followed. Null where there is none.</summary>
    public abstract FileStatus? StatusOf(string path);

    /// <summary>Takes or drops an exclusive lock of the open file description; false with the last P/Invoke error set.</summary>
    public abstract bool TrySetLock(int descriptor, bool locked, long offset, long length);

    /// <summary>Whether another description holds a lock in the range. A kernel that will not answer has not reported a death: true.</summary>
    public abstract bool IsLockedElsewhere(int descriptor, long offset, long length);

    /// <summary>Gives a file its length, every block allocated. Returns the error, or 0.</summary>
    public abstract int Reserve(int descriptor, long length);

    /// <summary>Renames, unless the new name exists; false with the last P/Invoke error set.</summary>
    public abstract bool TryRename(string from, string to);

    /// <summary>
    /// Maps every page of a range for writing, without changing it. Returns the error, or 0; EINVAL where the system
    /// has no call for that.
    /// </summary>
    public virtual int Populate(byte* address, long length) => LibC.EINVAL;
}
