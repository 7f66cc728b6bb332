using System.Runtime.InteropServices;
using IpMpsc.Platform.Linux;

namespace IpMpsc.Platform.Unix;

/// <summary>What statx(2) says of a file. Its structure, unlike that of stat, is the same on every architecture.</summary>
internal readonly record struct FileStatus(uint Owner, ushort Mode, ulong Inode, long Length, ulong Device)
{
    private const int StructureSize = 256;
    private const int AT_FDCWD = -100;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const int STATX_BASIC_STATS = 0x7ff;

    private const int S_IFMT = 0xF000;
    private const int S_IFDIR = 0x4000;
    private const int S_IFREG = 0x8000;

    public bool IsRegularFile => (Mode & S_IFMT) == S_IFREG;

    public bool IsDirectory => (Mode & S_IFMT) == S_IFDIR;

    /// <summary>The nine permission bits.</summary>
    public int Permissions => Mode & 0b111_111_111;

    /// <summary>Whether two status blocks describe one file.</summary>
    public bool IsSameFile(FileStatus other) => Inode == other.Inode && Device == other.Device;

    public static FileStatus? OfDescriptor(int descriptor) => Read(descriptor, "", AT_EMPTY_PATH);

    /// <summary>The status of a name itself: a link is described, not followed. Null where there is none.</summary>
    public static FileStatus? OfPath(string path) => Read(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW);

    private static unsafe FileStatus? Read(int directory, string path, int flags)
    {
        byte* buffer = stackalloc byte[StructureSize];
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            // The kernel's order is (directory, path, flags, mask, buffer); Invoke's fourth argument is its pointer.
            nint result = SystemCall.Invoke(SystemCall.Statx, directory, name, flags, (void*)STATX_BASIC_STATS, (nint)buffer, 0);
            return result != 0
                ? null
                : new FileStatus(
                    Owner: *(uint*)(buffer + 20),
                    Mode: *(ushort*)(buffer + 28),
                    Inode: *(ulong*)(buffer + 32),
                    Length: *(long*)(buffer + 40),
                    Device: *(ulong*)(buffer + 136));
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }
}
