using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>statx(2). Unlike the structure of stat, its structure is the same on every architecture and in every C library.</summary>
internal static unsafe class Statx
{
    private const int StructureSize = 256;
    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const int STATX_BASIC_STATS = 0x7ff;


    private const int ENOSYS = 38;

    /// <summary>Whether the kernel lacks the call, or a filter of system calls, such as that of an old container engine, refuses it.</summary>
    public static bool IsRefused
    {
        get
        {
            byte* buffer = stackalloc byte[StructureSize];
            return !TryRead(AT_FDCWD, "/", 0, buffer) && IsRefusal(Marshal.GetLastPInvokeError());
        }
    }

    public static FileStatus? OfDescriptor(int descriptor) => Read(descriptor, "", AT_EMPTY_PATH);

    public static FileStatus? OfPath(string path) => Read(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);

    private static FileStatus? Read(int directory, string path, int flags)
    {
        byte* buffer = stackalloc byte[StructureSize];
        return TryRead(directory, path, flags, buffer) ? Parse(buffer)
            : IsRefusal(Marshal.GetLastPInvokeError()) ? Fstatat.Read(directory, path, flags)
            : null;
    }

    private static bool IsRefusal(int error) => error is LibC.EPERM or ENOSYS;

    private static bool TryRead(int directory, string path, int flags, byte* buffer)
    {
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            // The kernel's order is (directory, path, flags, mask, buffer). Invoke takes a pointer as its fourth argument.
            return SystemCall.Invoke(SystemCall.Statx, directory, name, flags, (void*)STATX_BASIC_STATS, (nint)buffer, 0) == 0;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private static FileStatus Parse(byte* buffer) => LinuxFileStatus.Of(
        mode: *(ushort*)(buffer + 28),
        owner: *(uint*)(buffer + 20),
        group: *(uint*)(buffer + 24),
        inode: *(ulong*)(buffer + 32),
        device: *(ulong*)(buffer + 136),
        length: *(long*)(buffer + 40),
        links: *(uint*)(buffer + 16),
        blocks: *(long*)(buffer + 48));
}
