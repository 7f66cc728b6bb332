using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IpMpsc.Platform.Windows;

/// <summary>The functions of Windows that .NET has no name for, or none with the flags that are needed here.</summary>
internal static unsafe partial class Kernel32
{
    public const uint GENERIC_READ = 0x8000_0000;
    public const uint GENERIC_WRITE = 0x4000_0000;
    public const uint DELETE = 0x0001_0000;
    public const uint READ_CONTROL = 0x0002_0000;
    public const uint FILE_READ_ATTRIBUTES = 0x80;

    public const ushort ALL_PROCESSOR_GROUPS = 0xFFFF;

    public const uint CREATE_NEW = 1;
    public const uint OPEN_EXISTING = 3;

    public const uint FILE_ATTRIBUTE_TEMPORARY = 0x100;
    public const uint FILE_ATTRIBUTE_NOT_CONTENT_INDEXED = 0x2000;
    public const uint FILE_FLAG_OPEN_REPARSE_POINT = 0x0020_0000;
    public const uint FILE_FLAG_BACKUP_SEMANTICS = 0x0200_0000;

    public const uint FILE_TYPE_DISK = 1;
    public const uint FILE_PERSISTENT_ACLS = 8;
    public const uint DRIVE_REMOTE = 4;

    public const int ERROR_FILE_NOT_FOUND = 2;
    public const int ERROR_PATH_NOT_FOUND = 3;
    public const int ERROR_ACCESS_DENIED = 5;
    public const int ERROR_SHARING_VIOLATION = 32;
    public const int ERROR_LOCK_VIOLATION = 33;
    public const int ERROR_FILE_EXISTS = 80;
    public const int ERROR_DISK_FULL = 112;
    public const int ERROR_ALREADY_EXISTS = 183;
    public const int ERROR_DELETE_PENDING = 303;

    public const int STATUS_DELETE_PENDING = unchecked((int)0xC000_0056);

    public const uint LOCKFILE_FAIL_IMMEDIATELY = 1;
    public const uint LOCKFILE_EXCLUSIVE_LOCK = 2;

    public const uint PAGE_READONLY = 2;
    public const uint PAGE_READWRITE = 4;
    public const uint FILE_MAP_READ = 4;
    public const uint FILE_MAP_READ_WRITE = 6;

    public const uint INFINITE = uint.MaxValue;

    /// <summary>The most handles that one wait takes.</summary>
    public const int MAXIMUM_WAIT_OBJECTS = 64;

    /// <summary>What is asked or told of a file by handle: FILE_INFO_BY_HANDLE_CLASS.</summary>
    public enum FileInformation
    {
        Standard = 1,
        Disposition = 4,
        AttributeTag = 9,
        RemoteProtocol = 13,
        Id = 18,
        DispositionEx = 21,
        RenameEx = 22,
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct SecurityAttributes
    {
        public int Size;
        public void* Descriptor;
        public int InheritHandle;
    }

    [LibraryImport("kernel32")]
    public static partial uint GetActiveProcessorCount(ushort group);

    [LibraryImport("kernel32", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    public static partial SafeFileHandle CreateFile(
        string path, uint access, FileShare share, SecurityAttributes* security, uint disposition, uint flags, nint template);

    [LibraryImport("kernel32", EntryPoint = "GetFileType")]
    public static partial uint GetFileType(SafeFileHandle file);

    [LibraryImport("kernel32", EntryPoint = "GetDriveTypeW", StringMarshalling = StringMarshalling.Utf16)]
    public static partial uint GetDriveType(string root);

    [LibraryImport("kernel32", EntryPoint = "GetVolumeInformationByHandleW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetVolumeInformation(
        SafeFileHandle file, char* name, uint nameSize, uint* serial, uint* maxComponent, uint* flags, char* system, uint systemSize);

    [LibraryImport("kernel32", EntryPoint = "GetFileInformationByHandleEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool GetFileInformation(SafeFileHandle file, FileInformation what, void* buffer, int size);

    [LibraryImport("kernel32", EntryPoint = "SetFileInformationByHandle", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetFileInformation(SafeFileHandle file, FileInformation what, void* buffer, int size);

    [LibraryImport("kernel32", EntryPoint = "MoveFileExW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool MoveFile(string from, string to, uint flags);

    [LibraryImport("kernel32", EntryPoint = "LockFileEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool LockFile(
        SafeFileHandle file, uint flags, uint reserved, uint lengthLow, uint lengthHigh, NativeOverlapped* offset);

    [LibraryImport("kernel32", EntryPoint = "UnlockFileEx", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool UnlockFile(
        SafeFileHandle file, uint reserved, uint lengthLow, uint lengthHigh, NativeOverlapped* offset);

    [LibraryImport("kernel32", EntryPoint = "CreateFileMappingW", SetLastError = true)]
    public static partial nint CreateMapping(
        SafeFileHandle file, SecurityAttributes* security, uint protection, uint sizeHigh, uint sizeLow, char* name);

    [LibraryImport("kernel32", EntryPoint = "MapViewOfFile", SetLastError = true)]
    public static partial void* MapView(nint mapping, uint access, uint offsetHigh, uint offsetLow, nuint length);

    [LibraryImport("kernel32", EntryPoint = "UnmapViewOfFile", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool UnmapView(void* address);

    [LibraryImport("kernel32", EntryPoint = "CloseHandle")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool Close(nint handle);

    [LibraryImport("kernel32", EntryPoint = "WaitForSingleObject")]
    public static partial uint Wait(SafeWaitHandle handle, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "WaitForMultipleObjects")]
    public static partial uint WaitForAny(int count, nint* handles, int all, uint milliseconds);

    [LibraryImport("kernel32", EntryPoint = "SetEvent")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool SetEvent(SafeWaitHandle handle);

    [LibraryImport("kernel32", EntryPoint = "ResetEvent")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool ResetEvent(SafeWaitHandle handle);

    [LibraryImport("kernel32", EntryPoint = "TerminateProcess")]
    [return: MarshalAs(UnmanagedType.Bool)]
    public static partial bool TerminateProcess(nint process, uint code);

    [LibraryImport("ntdll", EntryPoint = "NtSuspendProcess")]
    public static partial int SuspendProcess(nint process);

    /// <summary>What the system call behind the last failed function of this thread returned, which says more than the error.</summary>
    [LibraryImport("ntdll", EntryPoint = "RtlGetLastNtStatus")]
    public static partial int GetLastStatus();

    /// <summary>Returns the error, and the owner within a descriptor that LocalFree frees.</summary>
    [LibraryImport("advapi32", EntryPoint = "GetSecurityInfo")]
    public static partial uint GetSecurity(
        SafeFileHandle file, int objectType, uint what, nint* owner, nint* group, nint* accessList, nint* auditList, nint* descriptor);

    [LibraryImport("kernel32", EntryPoint = "LocalFree")]
    public static partial nint LocalFree(nint memory);

    /// <summary>A time limit as Windows takes it: rounded up, so that a short one does not become a poll.</summary>
    public static uint Milliseconds(TimeSpan limit) =>
        limit > TimeSpan.FromDays(1) ? INFINITE : (uint)Math.Ceiling(limit.TotalMilliseconds);
}
