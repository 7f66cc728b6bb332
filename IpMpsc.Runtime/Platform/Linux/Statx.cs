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

    /// <summary>stx_blocks counts these, whatever the file system's blocks are.</summary>
    private const int BlockSize = 512;

    private const int S_IFMT = 0xF000;
    private const int S_IFDIR = 0x4000;
    private const int S_IFREG = 0x8000;

    public static FileStatus? OfDescriptor(int descriptor) => Read(descriptor, "", AT_EMPTY_PATH);

    public static FileStatus? OfPath(string path) => Read(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);

    private static FileStatus? Read(int directory, string path, int flags)
    {
        byte* buffer = stackalloc byte[StructureSize];
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            // The kernel's order is (directory, path, flags, mask, buffer). Invoke takes a pointer as its fourth argument.
            nint result = SystemCall.Invoke(SystemCall.Statx, directory, name, flags, (void*)STATX_BASIC_STATS, (nint)buffer, 0);
            return result == 0 ? Parse(buffer) : null;
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private static FileStatus Parse(byte* buffer)
    {
        int mode = *(ushort*)(buffer + 28);
        return new FileStatus(
            Owner: *(uint*)(buffer + 20),
            IsRegularFile: (mode & S_IFMT) == S_IFREG,
            IsDirectory: (mode & S_IFMT) == S_IFDIR,
            Permissions: mode & 0b111_111_111,
            Inode: *(ulong*)(buffer + 32),
            Device: *(ulong*)(buffer + 136),
            Length: *(long*)(buffer + 40),
            Links: *(uint*)(buffer + 16),
            Allocated: *(long*)(buffer + 48) * BlockSize);
    }
}
