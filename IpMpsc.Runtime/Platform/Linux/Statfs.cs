using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>statfs(2) of a 64-bit Linux, by number.</summary>
internal static unsafe class Statfs
{
    private const int StructureSize = 120;

    public static FileSystemStatus? OfDescriptor(int descriptor) => Read(SystemCall.StatfsOfDescriptor, descriptor);

    public static FileSystemStatus? OfPath(string path)
    {
        nint name = Marshal.StringToCoTaskMemUTF8(path);
        try
        {
            return Read(SystemCall.Statfs, name);
        }
        finally
        {
            Marshal.FreeCoTaskMem(name);
        }
    }

    private static FileSystemStatus? Read(nint call, nint file)
    {
        byte* buffer = stackalloc byte[StructureSize];
        if (SystemCall.Invoke(call, file, (nint)buffer, 0, null, 0, 0) != 0)
        {
            return null;
        }

        uint type = (uint)*(long*)buffer;
        long blockSize = *(long*)(buffer + 8);
        long files = *(long*)(buffer + 40); // 0 where files are not counted.
        return new FileSystemStatus(
            IsRemote: IsRemote(type),
            IsMemory: IsMemory(type),
            FreeBytes: *(long*)(buffer + 32) * blockSize,
            HasFreeFiles: files == 0 || *(long*)(buffer + 48) > 0);
    }

    /// <summary>Whether this is the magic number of a file system whose files another machine, or a program on this one, holds.</summary>
    private static bool IsRemote(uint type) => type is
        0x0000_6969 // NFS
        or 0x0000_517B // SMB
        or 0xFE53_4D42 // SMB2
        or 0xFF53_4D42 // CIFS
        or 0x0102_1997 // 9P
        or 0x6573_5546 // FUSE
        or 0x7375_7245 // Coda
        or 0x5346_414F // AFS
        or 0x6B41_4653 // AFS
        or 0x0000_564C // NCP
        or 0x00C3_6400 // Ceph
        or 0x7461_636F // OCFS2
        or 0x0116_1970 // GFS2
        or 0x0BD0_0BD0 // Lustre
        or 0xAAD7_AAEA // PanFS
        or 0x4750_4653 // GPFS
        or 0xBACB_ACBC // VMware's shared folders
        or 0x786F_4256; // VirtualBox's shared folders

    private static bool IsMemory(uint type) => type is 0x0102_1994 /* tmpfs */ or 0x8584_58F6 /* ramfs */;
}
