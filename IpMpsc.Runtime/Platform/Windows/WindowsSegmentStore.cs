using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>Segments as private files on local disks, which can be renamed and deleted while other processes have them mapped.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsSegmentStore : SegmentStore
{
    public override string GetRuntimeDirectory()
    {
        string home = Environment.GetEnvironmentVariable("LOCALAPPDATA") is { Length: > 0 } local
            ? local
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        string directory = Path.GetFullPath(Path.Join(home.Length > 0 ? home : Path.GetTempPath(), "IpMpsc"));
        try
        {
            CurrentUser.DirectorySecurity().CreateDirectory(directory);
            DirectoryInfo made = new(directory);
            if ((made.Attributes & FileAttributes.ReparsePoint) == 0
                && CurrentUser.OwnsAlone(made.GetAccessControl(AccessControlSections.Owner | AccessControlSections.Access)))
            {
                return directory;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException)
        {
            throw new ChannelFault(
                FaultKind.File, $"The directory for named channels, '{directory}', cannot be created: {error.Message}");
        }

        throw new ChannelFault(
            FaultKind.File,
            $"The directory for named channels, '{directory}', does not belong to this user alone, or others have access to it. " +
            $"Remove it, or name the channel by a path.");
    }

    public override bool MovesFilesAside => true;

    public override SegmentFile? TryCreate(string path, long length, long lockOffset, bool toReplace, GroupAccess access)
    {
        SecurityIdentifier? group = null;
        if (access.Group is { } name)
        {
            group = Principals.Find(name) ?? throw new ChannelFault(
                FaultKind.File, $"'{path}' cannot be created for group '{name}': this system has no such user or group.");
        }

        string temporaryPath = TemporaryPathFor(path);
        SafeFileHandle handle = WindowsFile.Create(temporaryPath, CurrentUser.FileSecurity(group, access.MayWrite));
        if (handle.IsInvalid)
        {
            throw WindowsFailure.Of("created", path, Marshal.GetLastPInvokeError());
        }

        try
        {
            RequireUsable(handle, path);
            CrashPoint.Before("create.lock");
            if (!WindowsSegmentFile.TryLockByte(handle, lockOffset) || !WindowsFile.IsNamed(FileIdentity.Of(handle), temporaryPath))
            {
                handle.Dispose();
                return null;
            }

            CrashPoint.Before("create.allocate");
            Reserve(handle, path, length);
            CrashPoint.Before("create.map");
            WindowsSegmentFile file = new(handle, length, path) { Path = path, TemporaryPath = temporaryPath };
            file.AdoptLock(lockOffset);
            return file;
        }
        catch
        {
            WindowsFile.TryDeleteNow(handle);
            WindowsFile.DeleteWithLastHandle(handle);
            handle.Dispose();
            throw;
        }
    }

    public override SegmentFile Open(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null) =>
        Open(path, minLength, trusted, toRead: false);

    public override SegmentFile OpenToRead(string path, long minLength, IReadOnlyList<OwnerRule>? trusted = null) =>
        Open(path, minLength, trusted, toRead: true);

    private static WindowsSegmentFile Open(string path, long minLength, IReadOnlyList<OwnerRule>? trusted, bool toRead)
    {
        SafeFileHandle handle = OpenByName(path, toRead ? GENERIC_READ : GENERIC_READ | GENERIC_WRITE);

        try
        {
            RequireRegularFile(handle, path);
            RequireUsable(handle, path);
            SecurityIdentifier? owner = WindowsFile.OwnerOf(handle);
            if (owner is null || !(trusted ?? OwnerRule.SelfOnly).Any(rule => Principals.Covers(rule, owner)))
            {
                throw OfAnotherUser(path, owner?.ToString(), CurrentUser.Id.ToString(), trusted);
            }

            long length = LengthOf(handle, path);
            if (length < minLength)
            {
                throw TooShort(path, length, minLength);
            }

            return new WindowsSegmentFile(handle, length, path, toRead) { Path = path };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override bool Exists(string path)
    {
        NameSearch search = new(path);
        while (!base.Exists(path))
        {
            if (!search.LooksAgain())
            {
                return false;
            }
        }

        return true;
    }

    public override bool TryPublish(SegmentFile file) => TryGiveName(file, "published");

    public override bool TryReplace(SegmentFile file)
    {
        if (WindowsFile.TryReplace(file.TemporaryPath!, file.Path))
        {
            return true;
        }

        // This file system or this Windows cannot do it. The old file is deleted once the caller has unmapped it; until
        // then it is the sign by which others know that the name will have a file again: see NameSearch.
        MoveAside(file.Path);
        CrashPoint.Before("replace.name");
        return TryGiveName(file, "replaced");
    }

    public override void DeleteUnlessLocked(string path, long lockOffset)
    {
        using SafeFileHandle file = WindowsFile.Open(path, GENERIC_READ | GENERIC_WRITE | DELETE);
        if (!file.IsInvalid && IsFreeAt(file, lockOffset) && !WindowsFile.TryDeleteNow(file))
        {
            WindowsFile.DeleteWithLastHandle(file);
        }
    }

    public override void Delete(string path)
    {
        using SafeFileHandle file = WindowsFile.Open(path, DELETE);
        if (file.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            if (error is not (ERROR_FILE_NOT_FOUND or ERROR_PATH_NOT_FOUND or ERROR_DELETE_PENDING))
            {
                throw WindowsFailure.Of("deleted", path, error);
            }
        }
        else if (!WindowsFile.TryDeleteNow(file))
        {
            MoveAside(path);
            WindowsFile.DeleteWithLastHandle(file);
        }
    }

    /// <summary>Opens the file that has a name. While another process is about to give the name to a file, waits for that.</summary>
    private static SafeFileHandle OpenByName(string path, uint access)
    {
        NameSearch search = new(path);
        while (true)
        {
            SafeFileHandle handle = WindowsFile.Open(path, access);
            if (!handle.IsInvalid)
            {
                return handle;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error != ERROR_FILE_NOT_FOUND || !search.LooksAgain())
            {
                throw search.IsStuck ? StaysWithoutName(path) : WindowsFailure.Of("opened", path, error);
            }
        }
    }

    /// <summary>Gives a new file the name of its channel; false if another file has it.</summary>
    private static bool TryGiveName(SegmentFile file, string what)
    {
        if (WindowsFile.TryRename(file.TemporaryPath!, file.Path))
        {
            return true;
        }

        int error = Marshal.GetLastPInvokeError();
        return error is ERROR_ALREADY_EXISTS or ERROR_FILE_EXISTS || WindowsFile.IsBeingDeleted(file.Path)
            ? false
            : throw WindowsFailure.Of(what, file.Path, error);
    }

    /// <summary>
    /// Renames a file that cannot be deleted while it is mapped. Its new name is that of a killed creator's file, so
    /// the next creator removes it.
    /// </summary>
    private static void MoveAside(string path)
    {
        if (!IsTemporary(path) && !WindowsFile.TryRename(path, TemporaryPathFor(path)))
        {
            throw WindowsFailure.Of("deleted", path, Marshal.GetLastPInvokeError());
        }
    }

    private static bool IsFreeAt(SafeFileHandle file, long lockOffset)
    {
        try
        {
            return WindowsSegmentFile.TryLockByte(file, lockOffset);
        }
        catch (ChannelFault)
        {
            // Nothing proves that it is a leftover.
            return false;
        }
    }

    private static void RequireRegularFile(SafeFileHandle file, string path)
    {
        if (GetFileType(file) != FILE_TYPE_DISK)
        {
            throw NotRegular(path);
        }

        if (WindowsFile.IsReparsePoint(file))
        {
            throw new ChannelFault(
                FaultKind.File, $"'{path}' is a symbolic link or another reparse point, and links are not followed. Name the file itself.");
        }
    }

    private static void RequireUsable(SafeFileHandle file, string path)
    {
        if (WindowsFile.IsRemote(file, path))
        {
            throw OnNetwork(path);
        }

        if (!WindowsFile.HasAccessControl(file))
        {
            throw new ChannelFault(
                FaultKind.File,
                $"The file system of '{path}' has no access lists, so a channel there is not private. Choose an NTFS disk.");
        }
    }

    /// <summary>
    /// Sets the file's length. A file that is neither sparse nor compressed gets every cluster with it, so a full disk
    /// is an error here and not at the first touch of a page.
    /// </summary>
    private static void Reserve(SafeFileHandle file, string path, long length)
    {
        try
        {
            RandomAccess.SetLength(file, length);
        }
        catch (IOException error) when ((error.HResult & 0xFFFF) == ERROR_DISK_FULL)
        {
            throw DiskFull(path, length, FreeSpaceOf(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ChannelFault(FaultKind.File, $"'{path}' cannot be given its {length:N0} bytes: {error.Message}");
        }
    }

    private static long LengthOf(SafeFileHandle file, string path)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (Exception error) when (ChannelFault.IsOfFileFunctions(error))
        {
            throw ChannelFault.Of($"'{path}' cannot be examined", error);
        }
    }

    private static long? FreeSpaceOf(string path)
    {
        try
        {
            return new DriveInfo(Path.GetPathRoot(path)!).AvailableFreeSpace;
        }
        catch (Exception error) when (error is ArgumentException || ChannelFault.IsOfFileFunctions(error))
        {
            return null; // A path without a drive letter, or a drive that does not answer.
        }
    }
}
