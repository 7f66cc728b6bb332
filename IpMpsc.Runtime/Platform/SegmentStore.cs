namespace IpMpsc.Platform;

/// <summary>The files that hold segments: where they live, and how they appear and vanish in one step.</summary>
internal abstract class SegmentStore
{
    /// <summary>What every name ends with that <see cref="TemporaryPathFor"/> makes.</summary>
    public const string TemporarySuffix = ".ipmpsc";

    /// <summary>
    /// The private directory for channels that are named without a path; made if it does not exist.
    /// </summary>
    /// <exception cref="ChannelFault">It belongs to somebody else or is open to others.</exception>
    public abstract string GetRuntimeDirectory();

    /// <summary>
    /// Makes a file that nobody can open but its user, locks one byte of it, allocates every block and
    /// maps it. The name must not exist.
    /// </summary>
    /// <returns>Null if somebody removed the file before it was locked.</returns>
    /// <exception cref="ChannelFault">With the size, the free space and the reason of the system.</exception>
    public abstract SegmentFile? TryCreate(string path, long length, long lockOffset);

    /// <summary>Opens and maps a regular file of this user; links are not followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="minLength">A shorter file is not a segment.</param>
    /// <exception cref="ChannelFault">It does not exist, is no regular file, too short or somebody else's.</exception>
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
    /// As <see cref="Open"/>, for who only looks: where the system can, the mapping and the file allow no
    /// store and no lock.
    /// </summary>
    public abstract SegmentFile OpenToRead(string path, long minLength);

    /// <summary>Gives a file its final name, unless that name exists; true if it did so.</summary>
    public abstract bool TryPublish(string temporaryPath, string path);

    /// <summary>Gives a file its final name in place of whatever has it, in one step.</summary>
    public abstract void Replace(string temporaryPath, string path);

    /// <summary>
    /// Removes a file that a killed process left, proven by nobody holding the lock at
    /// <paramref name="lockOffset"/>; does nothing, and never fails, otherwise.
    /// </summary>
    public abstract void DeleteUnlessLocked(string path, long lockOffset);

    /// <summary>Removes a name; no error if it does not exist.</summary>
    public abstract void Delete(string path);

    /// <summary>Whether the file is one in which a channel is just being made, or was when its creator died.</summary>
    public static bool IsTemporary(string path) => Path.GetFileName(path).StartsWith('.');

    /// <summary>What every name begins with that <see cref="TemporaryPathFor"/> makes for this path.</summary>
    public static string TemporaryPrefix(string path) => $".{Path.GetFileName(path)}.";

    /// <summary>A new name beside a channel's path, for its file before it is published or after it lost its name.</summary>
    public static string TemporaryPathFor(string path) =>
        Path.Join(Path.GetDirectoryName(path), $"{TemporaryPrefix(path)}{Guid.NewGuid():N}{TemporarySuffix}");

    protected static ChannelFault NotFound(string path) =>
        new(FaultKind.NotFound, $"There is no channel '{path}'. Start its receiver first, or open it with OpenOrCreate.");

    protected static ChannelFault DirectoryMissing(string path) =>
        new(FaultKind.File, $"The directory '{Path.GetDirectoryName(path)}' does not exist; make it first.");

    protected static ChannelFault IsDirectory(string path) =>
        new(FaultKind.File, $"'{path}' is a directory; name a file in it.");

    protected static ChannelFault NotRegular(string path) =>
        new(FaultKind.File, $"'{path}' is not a regular file, so it is no channel.");

    protected static ChannelFault OfAnotherUser(string path, string? owner, string self) => new(
        FaultKind.File,
        $"'{path}' belongs to user {owner ?? "unknown"}; this process runs as user {self}. " +
        "A channel is shared only between processes of one user.");

    protected static ChannelFault TooShort(string path, long length, long minLength) => new(
        FaultKind.Mismatch,
        $"'{path}' is no channel: it has {length:N0} bytes, a header alone has {minLength:N0}.");

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
        $"'{path}' lies on a network drive. The memory, the locks and the wake-ups of a channel end at the machine: " +
        "choose a directory on a local disk or in memory.");
}
