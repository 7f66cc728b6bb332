using System.Runtime.InteropServices;
using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>Segments as private files: mode 0600, never through a link, allocated before they are mapped.</summary>
internal sealed class UnixSegmentStore : SegmentStore
{
    private const uint PrivateFile = 0b110_000_000;
    private const uint PrivateDirectory = 0b111_000_000;
    private const int OpenToOthers = 0b000_111_111;

    public override string GetRuntimeDirectory()
    {
        string directory = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } session
            ? Path.Join(session, "ipmpsc")
            : Path.Join(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"ipmpsc-{EffectiveUserId()}");

        if (MakeDirectory(directory, PrivateDirectory) != 0 && Marshal.GetLastPInvokeError() is var error and not EEXIST)
        {
            throw new ChannelFault(
                FaultKind.File, $"The directory for named channels, '{directory}', cannot be made: {Describe(error)}.");
        }

        // In a directory that everybody may write to, somebody else could have made it first.
        if (FileStatus.OfPath(directory) is not { IsDirectory: true } status
            || status.Owner != EffectiveUserId()
            || (status.Permissions & OpenToOthers) != 0)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The directory for named channels, '{directory}', is not a directory of this user with mode 0700. " +
                "Remove it, or name the channel with a path.");
        }

        // The umask of the process that made it may have taken bits away from its user too.
        if (status.Permissions != PrivateDirectory && ChangeMode(directory, PrivateDirectory) != 0)
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The directory for named channels, '{directory}', cannot be given mode 0700: {Describe(Marshal.GetLastPInvokeError())}.");
        }

        return directory;
    }

    public override SegmentFile? TryCreate(string path, long length, long lockOffset)
    {
        int descriptor = LibC.Open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, PrivateFile);
        if (descriptor < 0)
        {
            throw Failure("made", path, Marshal.GetLastPInvokeError());
        }

        try
        {
            CrashPoint.Before("create.mode");

            // The process's umask may have taken bits away; the mode is part of the promise.
            if (ChangeMode(descriptor, PrivateFile) != 0)
            {
                throw Failure("made private", path, Marshal.GetLastPInvokeError());
            }

            CrashPoint.Before("create.lock");
            if (!TrySetLock(descriptor, F_WRLCK, lockOffset, 1)
                || FileStatus.OfPath(path)?.IsSameFile(FileStatus.OfDescriptor(descriptor)!.Value) is not true)
            {
                Close(descriptor);
                return null;
            }

            CrashPoint.Before("create.allocate");
            Reserve(descriptor, path, length);
            CrashPoint.Before("create.map");
            return new UnixSegmentFile(descriptor, FileStatus.OfDescriptor(descriptor)!.Value) { Path = path };
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

    private static UnixSegmentFile Open(string path, long minLength, bool toRead)
    {
        // Non-blocking, because opening a FIFO or a device could wait for ever.
        int descriptor = LibC.Open(path, (toRead ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
        if (descriptor < 0)
        {
            throw Failure("opened", path, Marshal.GetLastPInvokeError());
        }

        try
        {
            FileStatus status = FileStatus.OfDescriptor(descriptor)!.Value;
            if (!status.IsRegularFile)
            {
                // To be read only, even a directory can be opened.
                throw status.IsDirectory ? Failure("opened", path, EISDIR) : new ChannelFault(FaultKind.File, $"'{path}' is not a regular file, so it is no channel.");
            }

            if (status.Owner != EffectiveUserId())
            {
                throw new ChannelFault(
                    FaultKind.File,
                    $"'{path}' belongs to user {status.Owner}; this process runs as user {EffectiveUserId()}. " +
                    "A channel is shared only between processes of one user.");
            }

            if (status.Length < minLength)
            {
                throw new ChannelFault(
                    FaultKind.Mismatch,
                    $"'{path}' is no channel: it has {status.Length:N0} bytes, a header alone has {minLength:N0}.");
            }

            return new UnixSegmentFile(descriptor, status, toRead) { Path = path };
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

        int error = Marshal.GetLastPInvokeError();
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
        int descriptor = LibC.Open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0);
        if (descriptor >= 0)
        {
            if (FileStatus.OfDescriptor(descriptor) is { IsRegularFile: true } && TrySetLock(descriptor, F_WRLCK, lockOffset, 1))
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
    /// Allocates every block now. A sparse file in a full file system would kill the process with
    /// SIGBUS at the first touch, and no catch block runs for that.
    /// </summary>
    private static void Reserve(int descriptor, string path, long length)
    {
        int error;
        do
        {
            error = Allocate(descriptor, 0, length);
        }
        while (error == EINTR);

        if (error == ENOSPC)
        {
            string directory = Path.GetDirectoryName(path)!;
            throw new ChannelFault(
                FaultKind.File,
                $"The channel needs {length:N0} bytes, but the file system of '{directory}' has only " +
                $"{new DriveInfo(directory).AvailableFreeSpace:N0} free. Choose a smaller capacity or another directory.");
        }

        if (error != 0)
        {
            throw Failure($"given its {length:N0} bytes", path, error);
        }
    }

    private static ChannelFault Failure(string what, string path, int error) => error switch
    {
        ENOENT when Directory.Exists(Path.GetDirectoryName(path)) =>
            new(FaultKind.NotFound, $"There is no channel '{path}'. Start its receiver first, or open it with OpenOrCreate."),
        ENOENT or ENOTDIR => new(FaultKind.File, $"The directory '{Path.GetDirectoryName(path)}' does not exist; make it first."),
        ELOOP => new(FaultKind.File, $"'{path}' is a symbolic link, and links are not followed. Name the file itself."),
        EISDIR => new(FaultKind.File, $"'{path}' is a directory; name a file in it."),
        _ => new(FaultKind.File, $"'{path}' cannot be {what}: {Describe(error)}."),
    };

    private static string Describe(int error) => $"{Marshal.GetPInvokeErrorMessage(error)} (error {error})";
}
