using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>Makes a <see cref="FileStatus"/> of the numbers that the kernel tells of a file, by whichever call.</summary>
internal static class LinuxFileStatus
{
    /// <summary>Blocks are counted in these, whatever the file system's blocks are.</summary>
    private const int BlockSize = 512;

    private const int S_IFMT = 0xF000;
    private const int S_IFDIR = 0x4000;
    private const int S_IFREG = 0x8000;

    public static FileStatus Of(int mode, uint owner, uint group, ulong inode, ulong device, long length, uint links, long blocks)
    {
        (int permissions, bool isSticky, bool passesGroupOn) = FileStatus.PartsOf(mode);
        return new FileStatus(
            Owner: owner,
            Group: group,
            IsRegularFile: (mode & S_IFMT) == S_IFREG,
            IsDirectory: (mode & S_IFMT) == S_IFDIR,
            Permissions: permissions,
            IsSticky: isSticky,
            PassesGroupOn: passesGroupOn,
            Inode: inode,
            Device: device,
            Length: length,
            Links: links,
            Allocated: blocks * BlockSize);
    }
}
