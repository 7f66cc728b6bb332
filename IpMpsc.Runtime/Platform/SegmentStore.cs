namespace IpMpsc.Platform;

/// <summary>The files that hold segments: where they lie, and how their names appear and vanish in one step.</summary>
internal abstract class SegmentStore
{
    /// <summary>The end of every name that <see cref="TemporaryPathFor"/> returns.</summary>
    public const string TemporarySuffix = ".ipmpsc";

    /// <summary>
    /// How often a process looks at a name while another one creates, replaces or deletes its file: after about three seconds
    /// of rounds, that process is paused or busy with something long. Counting rounds instead of reading a clock gives a
    /// machine that was suspended its full time.
    /// </summary>
    public const int MostRounds = 300;

    /// <summary>Milliseconds between two rounds, after the first ones.</summary>
    private const int LongestPause = 10;

    /// <summary>Hidden files, too, and a star that means the same on every system.</summary>
    private static readonly EnumerationOptions s_everyFile =
        new() { AttributesToSkip = 0, MatchType = MatchType.Simple, IgnoreInaccessible = true };

    /// <summary>What to tell a user whose process has no access to a channel.</summary>
    public const string OneUser =
        "Unless a channel's creator says otherwise, only processes of one user can share it: see IpcChannelOptions.Access and TrustedOwners.";

    /// <summary>Waits before a round; not before the first one, which has the number 0.</summary>
    public static void PauseBefore(int round) => Thread.Sleep(Math.Min(round, LongestPause));

    /// <summary>
    /// The private directory for channels that are named without a path. Creates it if it does not exist.
    /// </summary>
    /// <exception cref="ChannelFault">It belongs to another user or is open to others.</exception>
    public abstract string GetRuntimeDirectory();

    /// <summary>
    /// Creates a file that only its user can open, locks one byte of it, allocates every block and maps it. The file has
    /// a temporary name beside the channel's path, or no name.
    /// </summary>
    /// <param name="path">The path that the file gets when it is published.</param>
    /// <param name="length">Its size in bytes.</param>
    /// <param name="lockOffset">The byte to lock.</param>
    /// <param name="toReplace">Whether the file shall replace another, for which it needs a temporary name.</param>
    /// <param name="access">What a group may do with it.</param>
    /// <returns>Null if another process removed the file before it was locked.</returns>
    /// <exception cref="ChannelFault">The file cannot be created; the message has the size, the free space and the system's reason.</exception>
    public abstract SegmentFile? TryCreate(string path, long length, long lockOffset, bool toReplace, GroupAccess access);

    /// <summary>Opens and maps a regular file of a trusted owner, never through a link.</summary>
    /// <param name="path">The file.</param>
    /// <param name="minLength">A shorter file is not a segment.</param>
    /// <param name="trusted">Whose files may be opened; null for those of this user alone.</param>
    /// <exception cref="ChannelFault">The file does not exist, is not a regular file, is too short, or belongs to another user.</exception>
    public abstract SegmentFile Open(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null);

    /// <summary>As <see cref="Open"/>; null if there is no such file.</summary>
    public SegmentFile? TryOpen(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null)
    {
        try
        {
            return Open(path, minLength, trusted);
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
    public abstract SegmentFile OpenToRead(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null);

    /// <summary>Whether a file has the name of a channel.</summary>
    public virtual bool Exists(string path) => File.Exists(path);

    /// <summary>Gives a new file the name of its channel.</summary>
    /// <returns>
    /// False if that name exists, or if the system has just turned out to publish no file without a temporary name: the
    /// caller looks at the name again.
    /// </returns>
    public abstract bool TryPublish(SegmentFile file);

    /// <summary>
    /// Gives a new file the name of its channel and takes the name from the file that has it: in one step where the
    /// system can, else with an instant in which no file has the name.
    /// </summary>
    /// <returns>False if another process took the name in that instant: the caller looks at the name again.</returns>
    public abstract bool TryReplace(SegmentFile file);

    /// <summary>Removes the temporary name of a new file that is not published, if it has one. The file is unmapped.</summary>
    public void Discard(SegmentFile file)
    {
        if (file.TemporaryPath is { } name)
        {
            TryDelete(name);
        }
    }

    /// <summary>Whether the file of a deleted channel is moved aside while a process has it mapped.</summary>
    public virtual bool MovesFilesAside => false;

    /// <summary>Requires that this user may take the name of a file away, as far as that can be known before it is tried.</summary>
    /// <exception cref="ChannelFault">The directory does not let this user do so.</exception>
    public virtual void RequireRemovable(SegmentFile file)
    {
    }

    /// <summary>
    /// Removes a file that a killed process left: one whose lock at <paramref name="lockOffset"/> is free. Otherwise
    /// does nothing. Never fails.
    /// </summary>
    public abstract void DeleteUnlessLocked(string path, long lockOffset);

    /// <summary>Removes a name. A name that does not exist is no error.</summary>
    public abstract void Delete(string path);

    /// <summary>As <see cref="Delete"/>, but never fails: the next creator removes a temporary name that stays.</summary>
    public void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (ChannelFault)
        {
            // It stays, without its lock.
        }
    }

    /// <summary>The temporary files of a directory, whatever channels they belong to.</summary>
    /// <exception cref="ChannelFault">The directory exists but cannot be listed.</exception>
    public static string[] TemporaryFilesIn(string directory) => FilesIn(directory, $".*{TemporarySuffix}");

    /// <summary>The files of a directory that match a pattern with a star; none if the directory does not exist.</summary>
    /// <exception cref="ChannelFault">The directory exists but cannot be listed.</exception>
    public static string[] FilesIn(string directory, string pattern)
    {
        try
        {
            return Directory.Exists(directory) ? Directory.GetFiles(directory, pattern, s_everyFile) : [];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (ChannelFault.IsOfFileFunctions(error))
        {
            throw ChannelFault.Of($"The directory '{directory}' cannot be listed", error);
        }
    }

    /// <summary>Whether the file is one in which a channel is being created, or was when its creator died.</summary>
    public static bool IsTemporary(string path) => Path.GetFileName(path).StartsWith('.');

    /// <summary>A new name beside a channel's path, for its file before publication or after it has lost its name.</summary>
    public static string TemporaryPathFor(string path) =>
        Path.Join(Path.GetDirectoryName(path), $".{Path.GetFileName(path)}.{Guid.NewGuid():N}{TemporarySuffix}");

    /// <summary>Matches every name that <see cref="TemporaryPathFor"/> returns for a path, and those for names that continue its own behind a dot.</summary>
    public static string TemporaryPatternFor(string path) => $".{Path.GetFileName(path)}.*{TemporarySuffix}";

    public static ChannelFault NotFound(string path) =>
        new(
            FaultKind.NotFound,
            $"There is no channel '{path}'. Start its receiver first, or open it with OpenOrCreate. If the receiver is running, compare this path " +
            $"with its Path: another user, service or container can have another directory for the same name.");

    public static ChannelFault StaysWithoutName(string path) => new(
        FaultKind.NotFound,
        $"There is no channel '{path}' now: another process has been replacing or deleting it for over 3 s and is paused. " +
        $"OpenOrCreate makes a new one.");

    public static ChannelFault DirectoryMissing(string path) =>
        new(FaultKind.File, $"The directory '{Path.GetDirectoryName(path)}' does not exist; create it first.");

    public static ChannelFault IsDirectory(string path) =>
        new(FaultKind.File, $"'{path}' is a directory; name a file in it.");

    public static ChannelFault NotRegular(string path) =>
        new(FaultKind.File, $"'{path}' is not a regular file, so it is not a channel.");

    public static ChannelFault OfAnotherUser(string path, string? owner, string self, IReadOnlyList<OwnerRule>? trusted = null) => new(
        FaultKind.File,
        $"'{path}' belongs to user {owner ?? "unknown"}; this process runs as user {self} and trusts {string.Join(", ", trusted ?? OwnerRule.SelfOnly)}. " +
        $"{OneUser}");

    public static ChannelFault TooShort(string path, long length, long minLength) => new(
        FaultKind.Mismatch,
        $"'{path}' is not a channel: it has {length:N0} bytes, a header alone has {minLength:N0}.");

    public static ChannelFault DiskFull(string path, long length, long? free) => new(
        FaultKind.File,
        $"The channel needs {length:N0} bytes, but the file system of '{Path.GetDirectoryName(path)}' has only " +
        $"{free ?? 0:N0} free. Choose a smaller capacity or another directory.");

    public static ChannelFault MappingFailed(string path, long length, string reason) => new(
        FaultKind.File, $"'{path}' cannot be mapped ({length:N0} bytes): {reason}");

    public static ChannelFault OnNetwork(string path) => new(
        FaultKind.File,
        $"'{path}' lies on a network drive. A channel's memory, locks and wake-ups do not reach another machine: " +
        $"choose a directory on a local disk or in memory.");
}
