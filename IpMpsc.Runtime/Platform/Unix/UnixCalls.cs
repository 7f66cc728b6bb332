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
    /// Creates a file without a name in a directory. Returns a negative number on failure, and where the system or the
    /// file system has no such files.
    /// </summary>
    public virtual int CreateUnnamed(string directory, uint mode) => -1;

    /// <summary>Gives a file without a name its first name, which must not exist. Returns false, with the last P/Invoke error set, on failure.</summary>
    public virtual bool TryName(int descriptor, string path) => false;

    /// <summary>
    /// Opens a file that child processes do not inherit: not through a link, and without blocking, because opening a
    /// FIFO or a device could wait forever. Returns a negative number, with the last P/Invoke error set, on failure.
    /// </summary>
    public abstract int OpenExisting(string path, bool toRead);

    /// <summary>The status of an open file.</summary>
    public abstract FileStatus? StatusOf(int descriptor);

    /// <summary>The status of the file with a name; a link is not followed. Null if there is no such file.</summary>
    public abstract FileStatus? StatusOf(string path);

    /// <summary>The status of the file system of an open file. Null if the system does not tell.</summary>
    public abstract FileSystemStatus? FileSystemOf(int descriptor, string path);

    /// <summary>The status of the file system of a directory. Null if the system does not tell.</summary>
    public abstract FileSystemStatus? FileSystemOf(string directory);

    /// <summary>The memory that the limits on this process still allow. Null if there is no limit.</summary>
    public virtual MemoryLimit? FindMemoryLimit() => null;

    /// <summary>Takes or drops an exclusive lock of the open file description. Returns false, with the last P/Invoke error set, on failure.</summary>
    public abstract bool TrySetLock(int descriptor, bool locked, long offset, long length);

    /// <summary>Whether another description holds a lock in the range. Also true if the kernel does not answer: that is no report of a death.</summary>
    public abstract bool IsLockedElsewhere(int descriptor, long offset, long length);

    /// <summary>Sets a file's length and allocates every block. Returns the error, or 0.</summary>
    public abstract int Reserve(int descriptor, long length);

    /// <summary>
    /// Allocates the blocks that a file lacks, without changing its content. Returns the error, or 0; also 0 if the file
    /// system has no call for that.
    /// </summary>
    public virtual int FillHoles(int descriptor, long length) => 0;

    /// <summary>
    /// Keeps a mapping out of child processes. Their copy would keep the open file description, and its locks, alive after
    /// this process has ended.
    /// </summary>
    public virtual void KeepFromChildren(byte* address, long length)
    {
    }

    /// <summary>Whether the mode of a directory lets this process remove names from it. True if the system does not answer.</summary>
    public abstract bool MayRemoveFrom(string directory);

    /// <summary>Renames a file unless the new name exists. Returns false, with the last P/Invoke error set, on failure.</summary>
    public abstract bool TryRename(string from, string to);

    /// <summary>
    /// Maps every page of a range for writing without changing it. Returns the error, or 0; EINVAL if the system has no
    /// call for that.
    /// </summary>
    public virtual int Populate(byte* address, long length) => LibC.EINVAL;
}
