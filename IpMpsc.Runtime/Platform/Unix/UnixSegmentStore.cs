using System.Globalization;
using System.Runtime.InteropServices;
using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>Segments as private files: mode 0600, never opened through a link, allocated before they are mapped.</summary>
/// <remarks>
/// Where the system can, a new file has no name until it is published, so a creator that is killed leaves nothing behind.
/// The environment variable <c>IPMPSC_FILES</c> set to <c>named</c> selects temporary names, as on other systems.
/// </remarks>
internal sealed class UnixSegmentStore(UnixCalls system) : SegmentStore
{
    private const uint PrivateFile = 0b110_000_000;
    private const uint GroupReads = 0b100_000;
    private const uint GroupWrites = 0b110_000;

    private readonly UnixFailure _failure = new(system);
    private volatile bool _usesUnnamedFiles = Environment.GetEnvironmentVariable("IPMPSC_FILES") != "named";

    /// <summary>Whether new files have no name until they are published, where the system can do that.</summary>
    public bool UsesUnnamedFiles
    {
        get => _usesUnnamedFiles;
        set => _usesUnnamedFiles = value;
    }

    /// <inheritdoc cref="UnixCalls.StatusOf(string)" />
    public FileStatus? StatusOf(string path) => system.StatusOf(path);

    /// <summary>Whether the mode of a directory lets this process create and remove names in it. True if the system does not answer.</summary>
    public bool MayChange(string directory) => system.MayRemoveFrom(directory);

    public override string GetRuntimeDirectory() => RuntimeDirectory.Get(system);

    public override SegmentFile? TryCreate(string path, long length, long lockOffset, bool toReplace, GroupAccess access)
    {
        string? temporaryPath = null;
        int descriptor = _usesUnnamedFiles && !toReplace ? system.CreateUnnamed(Path.GetDirectoryName(path)!, PrivateFile) : -1;
        if (descriptor < 0)
        {
            // Some file systems have no unnamed files. If there is another reason, the next call fails for it, too.
            temporaryPath = TemporaryPathFor(path);
            descriptor = system.CreateNew(temporaryPath, PrivateFile);
        }

        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error == ENOENT && Directory.Exists(Path.GetDirectoryName(path))
                ? new ChannelFault(FaultKind.File, $"'{path}' cannot be created: its file system does not allow new files.")
                : _failure.Of("created", path, error);
        }

        try
        {
            FileStatus made = RequireStatus(descriptor, path);
            FileSystemStatus? fileSystem = RequireLocal(descriptor, path);
            CrashPoint.Before("create.mode");

            SetAccess(descriptor, path, made, access);

            CrashPoint.Before("create.lock");
            if (!UnixSegmentFile.TryLock(system, descriptor, lockOffset, 1)
                || (temporaryPath is not null && !IsStillNamed(temporaryPath, made)))
            {
                Close(descriptor);
                return null;
            }

            CrashPoint.Before("create.allocate");
            Reserve(descriptor, path, length, fileSystem);
            CrashPoint.Before("create.map");
            return new UnixSegmentFile(system, descriptor, made with { Length = length }, path)
            {
                Path = path,
                TemporaryPath = temporaryPath,
            };
        }
        catch
        {
            if (temporaryPath is not null)
            {
                Unlink(temporaryPath);
            }

            Close(descriptor);
            throw;
        }
    }

    public override SegmentFile Open(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null) =>
        Open(path, minLength, trusted, toRead: false);

    public override SegmentFile OpenToRead(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null) =>
        Open(path, minLength, trusted, toRead: true);

    private UnixSegmentFile Open(string path, long minLength, IReadOnlyList<OwnerRule>? trusted, bool toRead)
    {
        int descriptor = system.OpenExisting(path, toRead);
        if (descriptor < 0)
        {
            throw _failure.Of("opened", path, Marshal.GetLastPInvokeError());
        }

        try
        {
            FileStatus status = RequireStatus(descriptor, path);
            if (!status.IsRegularFile)
            {
                // Even a directory can be opened read-only.
                throw status.IsDirectory ? IsDirectory(path) : NotRegular(path);
            }

            if (!IsTrusted(status.Owner, trusted ?? OwnerRule.SelfOnly))
            {
                throw OfAnotherUser(path, $"{status.Owner}", $"{EffectiveUserId()}", trusted);
            }

            RequireLocal(descriptor, path);
            if (status.Length < minLength)
            {
                throw TooShort(path, status.Length, minLength);
            }

            if (!toRead && status.Allocated >= 0 && status.Allocated < status.Length)
            {
                FillHoles(descriptor, path, status.Length);
            }

            return new UnixSegmentFile(system, descriptor, status, path, toRead) { Path = path };
        }
        catch
        {
            Close(descriptor);
            throw;
        }
    }

    public override bool TryPublish(SegmentFile file)
    {
        if (file.TemporaryPath is not { } temporaryPath)
        {
            return TryName((UnixSegmentFile)file);
        }

        if (Link(temporaryPath, file.Path) == 0)
        {
            CrashPoint.Before("create.unlink-temporary");
            Unlink(temporaryPath);
            return true;
        }

        // Some file systems allow one name for a file, and Android does not let an app give it a second.
        int error = Marshal.GetLastPInvokeError();
        if (error is EPERM or EACCES)
        {
            if (system.TryRename(temporaryPath, file.Path))
            {
                return true;
            }

            error = Marshal.GetLastPInvokeError() == EEXIST ? EEXIST : error;
        }

        return error == EEXIST ? false : throw _failure.Of("published", file.Path, error);
    }

    public override bool TryReplace(SegmentFile file) =>
        Rename(file.TemporaryPath!, file.Path) == 0
            ? true
            : throw _failure.Of("replaced", file.Path, Marshal.GetLastPInvokeError());

    public override void DeleteUnlessLocked(string path, long lockOffset)
    {
        int descriptor = system.OpenExisting(path, toRead: false);
        if (descriptor >= 0)
        {
            if (system.StatusOf(descriptor) is { IsRegularFile: true } && system.TrySetLock(descriptor, locked: true, lockOffset, 1))
            {
                Unlink(path);
            }

            Close(descriptor);
        }
    }

    public override void Delete(string path)
    {
        if (Unlink(path) != 0 && Marshal.GetLastPInvokeError() is var error and not ENOENT)
        {
            throw _failure.Of("deleted", path, error);
        }
    }

    public override void RequireRemovable(SegmentFile file)
    {
        string directory = Path.GetDirectoryName(file.Path)!;
        uint self = EffectiveUserId();
        if (self == 0 || system.StatusOf(directory) is not { } place)
        {
            return;
        }

        string? reason = !system.MayRemoveFrom(directory)
            ? $"the directory '{directory}' (user {place.Owner}, group {place.Group}, mode {UnixFailure.Octal(place.Permissions)}) does not let user {self} remove files"
            : place.IsSticky && self != place.Owner && system.StatusOf(((UnixSegmentFile)file).Descriptor) is { } status && self != status.Owner
                ? $"in the directory '{directory}', which has the sticky bit, only user {status.Owner}, user {place.Owner} and root can remove it; this process runs as user {self}"
                : null;
        if (reason is not null)
        {
            throw new ChannelFault(FaultKind.File, $"'{file.Path}' cannot be deleted: {reason}. Nothing was done.");
        }
    }

    private static bool IsTrusted(uint owner, IReadOnlyList<OwnerRule> trusted)
    {
        foreach (OwnerRule rule in trusted)
        {
            bool covers = rule.Kind switch
            {
                OwnerKind.Self => owner == EffectiveUserId(),
                OwnerKind.User => Accounts.FindUser(rule.Name) == owner,
                _ => Accounts.FindGroup(rule.Name) is { } group && Accounts.IsMember(owner, group),
            };
            if (covers)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives a new file its group and exactly its mode, of which the process's umask may have removed bits.</summary>
    private void SetAccess(int descriptor, string path, FileStatus made, GroupAccess access)
    {
        uint mode = PrivateFile;
        if (access.Group is { } name)
        {
            mode |= access.MayWrite ? GroupWrites : GroupReads;
            uint group = Accounts.FindGroup(name) ?? throw new ChannelFault(
                FaultKind.File, $"'{path}' cannot be created for group '{name}': this system has no such group.");
            if (ChangeOwner(descriptor, uint.MaxValue, group) != 0)
            {
                throw new ChannelFault(
                    FaultKind.File,
                    $"'{path}' cannot be given to group '{name}': {ChannelFault.Reason(Marshal.GetLastPInvokeError())}. " +
                    $"User {EffectiveUserId()} must be a member of the group.");
            }
        }

        if (made.Permissions != mode && ChangeMode(descriptor, mode) != 0)
        {
            throw _failure.Of($"given mode {UnixFailure.Octal((int)mode)}", path, Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Publishes a file that has no name.</summary>
    private bool TryName(UnixSegmentFile file)
    {
        if (system.TryName(file.Descriptor, file.Path))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        if (error is EEXIST)
        {
            return false;
        }

        if (error is ENOSPC or ENOMEM)
        {
            throw _failure.Of("published", file.Path, error);
        }

        // No /proc, no permission to give a name: from now on files have a temporary one from the beginning.
        _usesUnnamedFiles = false;
        return false;
    }

    /// <summary>
    /// Refuses a file on another machine: locks and mappings may seem to work there but do not reach other clients. A
    /// file system without locks or mappings is reported when they are tried.
    /// </summary>
    private FileSystemStatus? RequireLocal(int descriptor, string path) =>
        system.FileSystemOf(descriptor, path) is var fileSystem && fileSystem is { IsRemote: true }
            ? throw OnNetwork(path)
            : fileSystem;

    /// <summary>
    /// Allocates every block now. In a full file system, a sparse file would kill the process with SIGBUS at the first
    /// touch, and no catch block runs then. A control group's memory limit would kill it right here.
    /// </summary>
    private void Reserve(int descriptor, string path, long length, FileSystemStatus? fileSystem)
    {
        if (fileSystem is { IsMemory: true } && system.FindMemoryLimit() is { } limit && length > limit.Available)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The channel needs {length:N0} bytes of memory, but the memory limit of the control group '{limit.Group}' leaves " +
                $"{limit.Available:N0} of {limit.Limit:N0}; beyond it the system would kill this process. " +
                $"Choose a smaller capacity, or raise the limit (docker --memory, resources.limits.memory, MemoryMax=).");
        }

        int error = system.Reserve(descriptor, length);
        if (error == ENOSPC)
        {
            throw DiskFull(path, length, fileSystem?.FreeBytes);
        }

        if (error != 0)
        {
            throw _failure.Of(string.Create(CultureInfo.InvariantCulture, $"given its {length:N0} bytes"), path, error);
        }
    }

    /// <summary>A copy of a channel can have holes. Writing to one in a full file system would kill the process.</summary>
    private void FillHoles(int descriptor, string path, long length)
    {
        int error = system.FillHoles(descriptor, length);
        if (error != 0)
        {
            throw error == ENOSPC
                ? new ChannelFault(
                    FaultKind.File,
                    $"The file '{path}' ({length:N0} bytes) has holes for which its file system has no room. " +
                    $"Free some space there, or copy the file without holes: cp --sparse=never")
                : _failure.Of("given the blocks that it lacks", path, error);
        }
    }

    /// <summary>Whether a file that has just been created and locked still has its temporary name.</summary>
    private bool IsStillNamed(string temporaryPath, FileStatus made)
    {
        if (system.StatusOf(temporaryPath) is { } status)
        {
            return status.IsSameFile(made);
        }

        int error = Marshal.GetLastPInvokeError();
        return error == ENOENT ? false : throw _failure.Of("examined", temporaryPath, error);
    }

    /// <summary>The status of an open file. Fails only where the system lacks the call or refuses it.</summary>
    private FileStatus RequireStatus(int descriptor, string path) =>
        system.StatusOf(descriptor) ?? throw _failure.Of("examined", path, Marshal.GetLastPInvokeError());
}
