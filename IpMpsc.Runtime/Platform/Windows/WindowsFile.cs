using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>Files by handle: never through a link, and always shared, so that they can be renamed and deleted while open.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;
    private const int LongestPlainPath = 259;

    /// <summary>
    /// Opens the file with this name, not through a link. Returns an invalid handle, with the last P/Invoke error set, on
    /// failure. The error for a file that is being deleted, and keeps its name until its last handle is closed, is
    /// ERROR_DELETE_PENDING; Windows itself calls that a denied access.
    /// </summary>
    public static SafeFileHandle Open(string path, uint access, uint flags = 0)
    {
        SafeFileHandle file = CreateFile(
            ExtendedIfLong(path), access, Everything, null, OPEN_EXISTING, flags | FILE_FLAG_OPEN_REPARSE_POINT, 0);
        if (file.IsInvalid && Marshal.GetLastPInvokeError() == ERROR_ACCESS_DENIED && GetLastStatus() == STATUS_DELETE_PENDING)
        {
            Marshal.SetLastPInvokeError(ERROR_DELETE_PENDING);
        }

        return file;
    }

    /// <summary>Whether a file of this name is being deleted and has not lost the name yet.</summary>
    public static bool IsBeingDeleted(string path)
    {
        using SafeFileHandle file = Open(path, FILE_READ_ATTRIBUTES);
        return file.IsInvalid && Marshal.GetLastPInvokeError() == ERROR_DELETE_PENDING;
    }

    /// <summary>
    /// Creates a file with an access list of its own. It is marked as temporary: while there is memory, Windows need not
    /// write its pages to the disk.
    /// </summary>
    public static SafeFileHandle Create(string path, FileSecurity access)
    {
        byte[] descriptor = access.GetSecurityDescriptorBinaryForm();
        fixed (byte* bytes = descriptor)
        {
            SecurityAttributes security = new() { Size = sizeof(SecurityAttributes), Descriptor = bytes };
            return CreateFile(
                ExtendedIfLong(path),
                GENERIC_READ | GENERIC_WRITE | DELETE,
                Everything,
                &security,
                CREATE_NEW,
                FILE_ATTRIBUTE_TEMPORARY | FILE_ATTRIBUTE_NOT_CONTENT_INDEXED,
                0);
        }
    }

    /// <summary>Whether the name exists and names this file.</summary>
    public static bool IsNamed(FileIdentity? identity, string path)
    {
        using SafeFileHandle other = Open(path, FILE_READ_ATTRIBUTES, FILE_FLAG_BACKUP_SEMANTICS);
        return !other.IsInvalid && identity is not null && FileIdentity.Of(other) == identity;
    }

    /// <summary>Renames a file unless the new name exists. Returns false, with the last P/Invoke error set, on failure.</summary>
    public static bool TryRename(string from, string to) => MoveFile(ExtendedIfLong(from), ExtendedIfLong(to), 0);

    /// <summary>
    /// Renames a file over one that may be open and mapped, which NTFS can do since Windows 10 1709. Returns false, with
    /// the last P/Invoke error set, on failure.
    /// </summary>
    public static bool TryReplace(string from, string to)
    {
        const uint ReplaceIfExists = 1;
        const uint PosixSemantics = 2;
        using SafeFileHandle file = Open(from, DELETE);
        if (file.IsInvalid)
        {
            return false;
        }

        // FILE_RENAME_INFO: flags, padding, root directory, length of the name in bytes, the name.
        string name = ExtendedIfLong(to);
        int size = 20 + (sizeof(char) * (name.Length + 1));
        byte* info = stackalloc byte[size];
        new Span<byte>(info, size).Clear();
        *(uint*)info = ReplaceIfExists | PosixSemantics;
        *(int*)(info + 16) = sizeof(char) * name.Length;
        name.CopyTo(new Span<char>(info + 20, name.Length));
        return SetFileInformation(file, FileInformation.RenameEx, info, size);
    }

    /// <summary>
    /// Removes the name of an open and mapped file now, and the file with its last handle, which NTFS can do since
    /// Windows 10 1709. Returns false, with the last P/Invoke error set, on failure.
    /// </summary>
    public static bool TryDeleteNow(SafeFileHandle file)
    {
        uint deleteWithPosixSemanticsEvenIfReadOnly = 1 | 2 | 0x10;
        return SetFileInformation(
            file, FileInformation.DispositionEx, &deleteWithPosixSemanticsEvenIfReadOnly, sizeof(uint));
    }

    /// <summary>Removes name and file with the last handle. A mapped file stays, so callers must not rely on it.</summary>
    public static void DeleteWithLastHandle(SafeFileHandle file)
    {
        byte delete = 1;
        SetFileInformation(file, FileInformation.Disposition, &delete, sizeof(byte));
    }

    /// <summary>Whether the file has lost its last name, or loses it with its last handle: FILE_STANDARD_INFO.</summary>
    public static bool IsRemoved(SafeFileHandle file)
    {
        long* info = stackalloc long[3]; // Allocated size, length, number of names (4 bytes), whether it is being deleted (1 byte).
        return GetFileInformation(file, FileInformation.Standard, info, 3 * sizeof(long))
            && (*(uint*)(info + 2) == 0 || *((byte*)(info + 2) + sizeof(uint)) != 0);
    }

    public static bool IsReparsePoint(SafeFileHandle file)
    {
        FileAttributes* info = stackalloc FileAttributes[2]; // FILE_ATTRIBUTE_TAG_INFO: attributes, tag.
        return GetFileInformation(file, FileInformation.AttributeTag, info, 2 * sizeof(FileAttributes))
            && (info[0] & FileAttributes.ReparsePoint) != 0;
    }

    /// <summary>Whether the file lies on another machine, which locks and mappings do not reach.</summary>
    public static bool IsRemote(SafeFileHandle file, string path)
    {
        const int SizeOfRemoteProtocolInfo = 116;
        byte* info = stackalloc byte[SizeOfRemoteProtocolInfo];
        return GetFileInformation(file, FileInformation.RemoteProtocol, info, SizeOfRemoteProtocolInfo)
            || GetDriveType(Path.GetPathRoot(path)!) == DRIVE_REMOTE;
    }

    /// <summary>Whether the file system has access lists; FAT has none.</summary>
    public static bool HasAccessControl(SafeFileHandle file)
    {
        uint flags;
        return GetVolumeInformation(file, null, 0, null, null, &flags, null, 0) && (flags & FILE_PERSISTENT_ACLS) != 0;
    }

    /// <summary>Null if the system does not tell.</summary>
    public static SecurityIdentifier? OwnerOf(SafeFileHandle file)
    {
        const int FileObject = 1;
        const uint OwnerInformation = 1;
        nint owner;
        nint descriptor;
        if (GetSecurity(file, FileObject, OwnerInformation, &owner, null, null, null, &descriptor) != 0)
        {
            return null;
        }

        try
        {
            return owner == 0 ? null : new SecurityIdentifier(owner);
        }
        finally
        {
            LocalFree(descriptor);
        }
    }

    /// <summary>The identifiers of those whom the access list of a file lets write; empty if the system does not tell.</summary>
    public static IReadOnlyList<string> WritersOf(SafeFileHandle file)
    {
        try
        {
            using SafeFileHandle same = new(file.DangerousGetHandle(), ownsHandle: false);
            using FileStream stream = new(same, FileAccess.Read, bufferSize: 0);
            return
            [
                .. from FileSystemAccessRule rule in stream.GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier))
                   where rule.AccessControlType == AccessControlType.Allow && rule.FileSystemRights.HasFlag(FileSystemRights.WriteData)
                   select rule.IdentityReference.Value,
            ];
        }
        catch (Exception error) when (error is IOException or SystemException)
        {
            return []; // The others then cannot open the events, and are told why.
        }
    }

    /// <summary>Adds the prefix that a long path needs, as .NET does for its own calls.</summary>
    private static string ExtendedIfLong(string path) =>
        path.Length > LongestPlainPath && !path.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\" + path : path;
}
