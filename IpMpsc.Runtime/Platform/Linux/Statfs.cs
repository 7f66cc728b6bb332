using System.Runtime.InteropServices;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>statfs(2) of a 64-bit Linux, by number.</summary>
internal static unsafe class Statfs
{
    private const int StructureSize = 120;

    /// <summary>Magic numbers of file systems whose files another machine, or a program on this one, holds.</summary>
    private static readonly HashSet<uint> s_remote =
    [
        0x0000_6969, // NFS
        0x0000_517B, // SMB
        0xFE53_4D42, // SMB2
        0xFF53_4D42, // CIFS
        0x0102_1997, // 9P
        0x6573_5546, // FUSE
        0x7375_7245, // Coda
        0x5346_414F, // AFS
        0x6B41_4653, // AFS
        0x0000_564C, // NCP
        0x00C3_6400, // Ceph
        0x7461_636F, // OCFS2
        0x0116_1970, // GFS2
        0x0BD0_0BD0, // Lustre
        0xAAD7_AAEA, // PanFS
        0x4750_4653, // GPFS
        0xBACB_ACBC, // VMware's shared folders
        0x786F_4256, // VirtualBox's shared folders
    ];

    /// <summary>Magic numbers of file systems in memory.</summary>
    private static readonly HashSet<uint> s_memory = [0x0102_1994 /* tmpfs */, 0x8584_58F6 /* ramfs */];

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
            IsRemote: s_remote.Contains(type),
            IsMemory: s_memory.Contains(type),
            FreeBytes: *(long*)(buffer + 32) * blockSize,
            HasFreeFiles: files == 0 || *(long*)(buffer + 48) > 0);
    }
}
