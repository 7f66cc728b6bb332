namespace IpMpsc.Platform.Unix;

/// <summary>
/// The calls that segment files need and that differ between Unix systems: in numbers, in structures, and in how a C
/// function takes a variable number of arguments.
/// </summary>
internal abstract unsafe class UnixCalls
{
    /// <summary>The error of a lock that another description holds.</summary>
    public abstract int EAGAIN { get; }

    /// <summary>The error of a name that is a link.</summary>
    public abstract int ELOOP { get; }

    /// <summary>Creates a file that child processes do not inherit; the name must not exist. Returns a negative number, with the last P/Invoke error set, on failure.</summary>
    public abstract int CreateNew(string path, uint mode);

    /// <summary>
    /// Opens a file that child processes do not inherit: not through a link, and without blocking, because opening a
    /// FIFO or a device could wait forever. Returns a negative number, with the last P/Invoke error set, on failure.
    /// </summary>
    public abstract int OpenExisting(string path, bool toRead);

    /// <summary>The status of an open file.</summary>
    public abstract FileStatus? StatusOf(int descriptor);

    /// <summary>The status of the file with a name; a link is not followed. Null if there is no such file.</summary>
    public abstract FileStatus? StatusOf(string path);

    /// <summary>Takes or drops an exclusive lock of the open file description. Returns false, with the last P/Invoke error set, on failure.</summary>
    public abstract bool TrySetLock(int descriptor, bool locked, long offset, long length);

    /// <summary>Whether another description holds a lock in the range. Also true if the kernel does not answer: that is no report of a death.</summary>
    public abstract bool IsLockedElsewhere(int descriptor, long offset, long length);

    /// <summary>Sets a file's length and allocates every block. Returns the error, or 0.</summary>
    public abstract int Reserve(int descriptor, long length);

    /// <summary>Renames a file unless the new name exists. Returns false, with the last P/Invoke error set, on failure.</summary>
    public abstract bool TryRename(string from, string to);

    /// <summary>
    /// Maps every page of a range for writing without changing it. Returns the error, or 0; EINVAL if the system has no
    /// call for that.
    /// </summary>
    public virtual int Populate(byte* address, long length) => LibC.EINVAL;
}
