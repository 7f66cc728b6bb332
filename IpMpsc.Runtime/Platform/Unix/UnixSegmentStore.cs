using System.Runtime.InteropServices;
using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>Segments as private files: mode 0600, never opened through a link, allocated before they are mapped.</summary>
internal sealed class UnixSegmentStore(UnixCalls system) : SegmentStore
{
    private const uint PrivateFile = 0b110_000_000;
    private const uint PrivateDirectory = 0b111_000_000;
    private const int OpenToOthers = 0b000_111_111;

    public override string GetRuntimeDirectory()
    {
        string? session = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        bool isOfSession = !string.IsNullOrEmpty(session);
        string directory = isOfSession
            ? Path.Join(session, "ipmpsc")
            : Path.Join(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-{EffectiveUserId()}");

        // A user who never set the variable, or has another user's after 'su', cannot know where the path comes from.
        string named = $"The directory for named channels, '{directory}'{(isOfSession ? " (from XDG_RUNTIME_DIR)" : "")},";

        if (MakeDirectory(directory, PrivateDirectory) != 0 && Marshal.GetLastPInvokeError() is var error and not EEXIST)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"{named} cannot be created for user {EffectiveUserId()}: {ChannelFault.Reason(error)}. " +
                "Correct that, or name the channel by a path.");
        }

        // In a directory to which everyone may write, another user can have created it first.
        if (system.StatusOf(directory) is not { IsDirectory: true } status)
        {
            throw new ChannelFault(FaultKind.File, $"{named} is not a directory. Remove it, or name the channel by a path.");
        }

        if (status.Owner != EffectiveUserId() || (status.Permissions & OpenToOthers) != 0)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"{named} belongs to user {status.Owner} and has mode {Octal(status.Permissions)}; " +
                $"it must belong to user {EffectiveUserId()} and have mode 0700. Remove it, or name the channel by a path.");
        }

        // The umask of the process that created it may have removed bits of its own user, too.
        if (status.Permissions != PrivateDirectory && ChangeMode(directory, PrivateDirectory) != 0)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"{named} cannot be given mode 0700: {ChannelFault.Reason(Marshal.GetLastPInvokeError())}.");
        }

        return directory;
    }

    public override SegmentFile? TryCreate(string path, long length, long lockOffset)
    {
        RequireLocal(path);
        int descriptor = system.CreateNew(path, PrivateFile);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            throw error == ENOENT && Directory.Exists(Path.GetDirectoryName(path))
                ? new ChannelFault(FaultKind.File, $"'{path}' cannot be created: its file system does not allow new files.")
                : Failure("created", path, error);
        }

        try
        {
            CrashPoint.Before("create.mode");

            // The process's umask may have removed bits; the mode is part of the promise.
            if (ChangeMode(descriptor, PrivateFile) != 0)
            {
                throw Failure("made private", path, Marshal.GetLastPInvokeError());
            }

            FileStatus made = RequireStatus(descriptor, path);
            CrashPoint.Before("create.lock");
            if (!UnixSegmentFile.TryLock(system, descriptor, lockOffset, 1)
                || system.StatusOf(path)?.IsSameFile(made) is not true)
            {
                Close(descriptor);
                return null;
            }

            CrashPoint.Before("create.allocate");
            Reserve(descriptor, path, length);
            CrashPoint.Before("create.map");
            return new UnixSegmentFile(system, descriptor, RequireStatus(descriptor, path)) { Path = path };
        }
        catch
        {
            Unlink(path);
            Close(descriptor);
            throw;
        }
    }

    public override SegmentFile Open(string path, long minLength) => Open(path, minLength, toRead: false);

    public override SegmentFile OpenToRead(string path, long minLength) => Open(path, minLength, toRead: true);

    private UnixSegmentFile Open(string path, long minLength, bool toRead)
    {
        RequireLocal(path);
        int descriptor = system.OpenExisting(path, toRead);
        if (descriptor < 0)
        {
            throw Failure("opened", path, Marshal.GetLastPInvokeError());
        }

        try
        {
            FileStatus status = RequireStatus(descriptor, path);
            if (!status.IsRegularFile)
            {
                // Even a directory can be opened read-only.
                throw status.IsDirectory ? IsDirectory(path) : NotRegular(path);
            }

            if (status.Owner != EffectiveUserId())
            {
                throw OfAnotherUser(path, $"{status.Owner}", $"{EffectiveUserId()}");
            }

            if (status.Length < minLength)
            {
                throw TooShort(path, status.Length, minLength);
            }

            return new UnixSegmentFile(system, descriptor, status, toRead) { Path = path };
        }
        catch
        {
            Close(descriptor);
            throw;
        }
    }

    public override bool TryPublish(string temporaryPath, string path)
    {
        if (Link(temporaryPath, path) == 0)
        {
            CrashPoint.Before("create.unlink-temporary");
            Unlink(temporaryPath);
            return true;
        }

        // Some file systems allow one name for a file, and Android does not let an app give it a second.
        int error = Marshal.GetLastPInvokeError();
        if (error is EPERM or EACCES)
        {
            if (system.TryRename(temporaryPath, path))
            {
                return true;
            }

            error = Marshal.GetLastPInvokeError() == EEXIST ? EEXIST : error;
        }

        return error == EEXIST ? false : throw Failure("published", path, error);
    }

    public override void Replace(string temporaryPath, string path)
    {
        if (Rename(temporaryPath, path) != 0)
        {
            throw Failure("replaced", path, Marshal.GetLastPInvokeError());
        }
    }

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
            throw Failure("deleted", path, error);
        }
    }

    /// <summary>
    /// Refuses a file on another machine: locks and mappings may seem to work there but do not reach other clients. A
    /// file system without locks or mappings is reported when they are tried.
    /// </summary>
    private static void RequireLocal(string path)
    {
        if (new DriveInfo(Path.GetDirectoryName(path)!).DriveType == DriveType.Network)
        {
            throw OnNetwork(path);
        }
    }

    /// <summary>
    /// Allocates every block now. In a full file system, a sparse file would kill the process with SIGBUS at the first
    /// touch, and no catch block runs then.
    /// </summary>
    private void Reserve(int descriptor, string path, long length)
    {
        int error = system.Reserve(descriptor, length);
        if (error == ENOSPC)
        {
            throw DiskFull(path, length);
        }

        if (error != 0)
        {
            throw Failure($"given its {length:N0} bytes", path, error);
        }
    }

    /// <summary>The status of an open file. Fails only where the system lacks the call or refuses it.</summary>
    private FileStatus RequireStatus(int descriptor, string path) =>
        system.StatusOf(descriptor) ?? throw Failure("examined", path, Marshal.GetLastPInvokeError());

    private ChannelFault Failure(string what, string path, int error) => error switch
    {
        ENOENT when Directory.Exists(Path.GetDirectoryName(path)) => NotFound(path),
        ENOENT or ENOTDIR => DirectoryMissing(path),
        _ when error == system.ELOOP => new(FaultKind.File, $"'{path}' is a symbolic link, and links are not followed. Name the file itself."),
        EISDIR => IsDirectory(path),
        EACCES => Denied(what, path),
        _ => new(FaultKind.File, $"'{path}' cannot be {what}: {ChannelFault.Reason(error)}."),
    };

    /// <summary>Says why this user may not use a file, which the error number does not.</summary>
    private ChannelFault Denied(string what, string path) => system.StatusOf(path) switch
    {
        { } status when status.Owner != EffectiveUserId() => OfAnotherUser(path, $"{status.Owner}", $"{EffectiveUserId()}"),
        { } status when (status.Permissions & PrivateFile) != PrivateFile => new(
            FaultKind.File,
            $"'{path}' cannot be {what}: its mode {Octal(status.Permissions)} denies it to its own user. A channel has mode 0600."),
        _ => new(
            FaultKind.File,
            $"'{path}' cannot be {what}: user {EffectiveUserId()} has no permission in the directory '{Path.GetDirectoryName(path)}'. " +
            "Only processes of one user can share a channel, in a directory of that user."),
    };

    private static string Octal(int permissions) => $"0{Convert.ToString(permissions, 8).PadLeft(3, '0')}";
}
