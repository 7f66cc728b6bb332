namespace IpMpsc.Platform;

/// <summary>The files that hold segments: where they lie, and how their names appear and vanish in one step.</summary>
internal abstract class SegmentStore
{
    /// <summary>The end of every name that <see cref="TemporaryPathFor"/> returns.</summary>
    public const string TemporarySuffix = ".ipmpsc";

    /// <summary>
    /// The private directory for channels that are named without a path. Creates it if it does not exist.
    /// </summary>
    /// <exception cref="ChannelFault">It belongs to another user or is open to others.</exception>
    public abstract string GetRuntimeDirectory();

    /// <summary>
    /// Creates a file that only its user can open, locks one byte of it, allocates every block and maps it. The name
    /// must not exist.
    /// </summary>
    /// <returns>Null if another process removed the file before it was locked.</returns>
    /// <exception cref="ChannelFault">The file cannot be created; the message has the size, the free space and the system's reason.</exception>
    public abstract SegmentFile? TryCreate(string path, long length, long lockOffset);

    /// <summary>Opens and maps a regular file of this user, never through a link.</summary>
    /// <param name="path">The file.</param>
    /// <param name="minLength">A shorter file is not a segment.</param>
    /// <exception cref="ChannelFault">The file does not exist, is not a regular file, is too short, or belongs to another user.</exception>
    public abstract SegmentFile Open(string path, long minLength);

    /// <summary>As <see cref="Open"/>; null if there is no such file.</summary>
    public SegmentFile? TryOpen(string path, long minLength)
    {
        try
        {
            return Open(path, minLength);
        }
        catch (ChannelFault fault) when (fault.Kind == FaultKind.NotFound)
        {
            return null;
        }
    }

    /// <summary>
    /// As <see cref="Open"/>, for observers: where the system can, file and mapping are read-only, so that neither a
    /// store nor a lock is possible.
    /// </summary>
    public abstract SegmentFile OpenToRead(string path, long minLength);

    /// <summary>Gives a file its final name; false if that name exists.</summary>
    public abstract bool TryPublish(string temporaryPath, string path);

    /// <summary>Gives a file its final name in one step and takes the name from the file that has it.</summary>
    public abstract void Replace(string temporaryPath, string path);

    /// <summary>
    /// Removes a file that a killed process left: one whose lock at <paramref name="lockOffset"/> is free. Otherwise
    /// does nothing. Never fails.
    /// </summary>
    public abstract void DeleteUnlessLocked(string path, long lockOffset);

    /// <summary>Removes a name. A name that does not exist is no error.</summary>
    public abstract void Delete(string path);

    /// <summary>Whether the file is one in which a channel is being created, or was when its creator died.</summary>
    public static bool IsTemporary(string path) => Path.GetFileName(path).StartsWith('.');

    /// <summary>The beginning of every name that <see cref="TemporaryPathFor"/> returns for this path.</summary>
    public static string TemporaryPrefix(string path) => $".{Path.GetFileName(path)}.";

    /// <summary>A new name beside a channel's path, for its file before publication or after it has lost its name.</summary>
    public static string TemporaryPathFor(string path) =>
        Path.Join(Path.GetDirectoryName(path), $"{TemporaryPrefix(path)}{Guid.NewGuid():N}{TemporarySuffix}");

    protected static ChannelFault NotFound(string path) =>
        new(FaultKind.NotFound, $"There is no channel '{path}'. Start its receiver first, or open it with OpenOrCreate.");

    protected static ChannelFault DirectoryMissing(string path) =>
        new(FaultKind.File, $"The directory '{Path.GetDirectoryName(path)}' does not exist; create it first.");

    protected static ChannelFault IsDirectory(string path) =>
        new(FaultKind.File, $"'{path}' is a directory; name a file in it.");

    protected static ChannelFault NotRegular(string path) =>
        new(FaultKind.File, $"'{path}' is not a regular file, so it is not a channel.");

    protected static ChannelFault OfAnotherUser(string path, string? owner, string self) => new(
        FaultKind.File,
        $"'{path}' belongs to user {owner ?? "unknown"}; this process runs as user {self}. " +
        "Only processes of one user can share a channel.");

    protected static ChannelFault TooShort(string path, long length, long minLength) => new(
        FaultKind.Mismatch,
        $"'{path}' is not a channel: it has {length:N0} bytes, a header alone has {minLength:N0}.");

    protected static ChannelFault DiskFull(string path, long length)
    {
        string directory = Path.GetDirectoryName(path)!;
        return new ChannelFault(
            FaultKind.File,
            $"The channel needs {length:N0} bytes, but the file system of '{directory}' has only " +
            $"{new DriveInfo(directory).AvailableFreeSpace:N0} free. Choose a smaller capacity or another directory.");
    }

    protected static ChannelFault OnNetwork(string path) => new(
        FaultKind.File,
        $"'{path}' lies on a network drive. A channel's memory, locks and wake-ups do not reach another machine: " +
        "choose a directory on a local disk or in memory.");
}
