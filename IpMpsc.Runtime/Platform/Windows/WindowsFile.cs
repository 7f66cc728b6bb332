using System.Runtime.Versioning;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>Files by handle: never through a link, always shared, so that they can be renamed and deleted while open.</summary>
[SupportedOSPlatform("windows")]
internal static unsafe class WindowsFile
{
    private const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;
    private const int LongestPlainPath = 259;

    /// <summary>Opens what has this name itself; an invalid handle with the last P/Invoke error set if it cannot be.</summary>
    public static SafeFileHandle Open(string path, uint access, uint flags = 0) => CreateFile(
        ExtendedIfLong(path), access, Everything, null, OPEN_EXISTING, flags | FILE_FLAG_OPEN_REPARSE_POINT, 0);

    /// <summary>
    /// Makes a file that only its user can open. It is marked as temporary: its pages need not be
    /// written to the disk while there is memory for them.
    /// </summary>
    public static SafeFileHandle CreatePrivate(string path)
    {
        byte[] descriptor = CurrentUser.FileSecurity().GetSecurityDescriptorBinaryForm();
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

    /// <summary>Whether the name exists and is that of this very file.</summary>
    public static bool IsNamed(FileIdentity? identity, string path)
    {
        using SafeFileHandle other = Open(path, FILE_READ_ATTRIBUTES, FILE_FLAG_BACKUP_SEMANTICS);
        return !other.IsInvalid && identity is not null && FileIdentity.Of(other) == identity;
    }

    /// <summary>Renames, unless the new name exists; false with the last P/Invoke error set.</summary>
    public static bool TryRename(string from, string to) => MoveFile(ExtendedIfLong(from), ExtendedIfLong(to), 0);

    /// <summary>
    /// Renames in place of a file that may be open and mapped: since Windows 10 1709, on NTFS. False with
    /// the last P/Invoke error set.
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
    /// Removes the file's name now and the file with its last handle, though it be open and mapped: since
    /// Windows 10 1709, on NTFS. False with the last P/Invoke error set.
    /// </summary>
    public static bool TryDeleteNow(SafeFileHandle file)
    {
        uint deleteWithPosixSemanticsEvenIfReadOnly = 1 | 2 | 0x10;
        return SetFileInformation(
            file, FileInformation.DispositionEx, &deleteWithPosixSemanticsEvenIfReadOnly, sizeof(uint));
    }

    /// <summary>Removes name and file with the last handle; a file that is mapped stays. Not to be relied on.</summary>
    public static void DeleteWithLastHandle(SafeFileHandle file)
    {
        byte delete = 1;
        SetFileInformation(file, FileInformation.Disposition, &delete, sizeof(byte));
    }

    public static bool IsReparsePoint(SafeFileHandle file)
    {
        FileAttributes* info = stackalloc FileAttributes[2]; // FILE_ATTRIBUTE_TAG_INFO: attributes, tag.
        return GetFileInformation(file, FileInformation.AttributeTag, info, 2 * sizeof(FileAttributes))
            && (info[0] & FileAttributes.ReparsePoint) != 0;
    }

    /// <summary>Whether another machine holds the file: its locks and mappings would end at the network.</summary>
    public static bool IsRemote(SafeFileHandle file, string path)
    {
        const int SizeOfRemoteProtocolInfo = 116;
        byte* info = stackalloc byte[SizeOfRemoteProtocolInfo];
        return GetFileInformation(file, FileInformation.RemoteProtocol, info, SizeOfRemoteProtocolInfo)
            || GetDriveType(Path.GetPathRoot(path)!) == DRIVE_REMOTE;
    }

    /// <summary>Whether the file system keeps who may open a file; FAT does not.</summary>
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

    /// <summary>What .NET does for its own calls: a long path needs a prefix that turns its parsing off.</summary>
    private static string ExtendedIfLong(string path) =>
        path.Length > LongestPlainPath && !path.StartsWith(@"\\", StringComparison.Ordinal) ? @"\\?\" + path : path;
}
