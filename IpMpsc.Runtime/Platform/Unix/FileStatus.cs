namespace IpMpsc.Platform.Unix;

/// <summary>The status of a file on a Unix system.</summary>
/// <param name="Owner">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="IsRegularFile">Whether it is a regular file.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="Permissions">The nine permission bits.</param>
/// <param name="IsSticky">Of a directory: whether only its owner and that of a file may remove the file.</param>
/// <param name="PassesGroupOn">Of a directory: whether new files get its group (set-group-id).</param>
/// <param name="Inode">The file's number on its device.</param>
/// <param name="Device">The device's number.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Links">Number of names.</param>
/// <param name="Allocated">Bytes for which the file system has reserved blocks; -1 if the system does not tell.</param>
internal readonly record struct FileStatus(
    uint Owner,
    uint Group,
    bool IsRegularFile,
    bool IsDirectory,
    int Permissions,
    bool IsSticky,
    bool PassesGroupOn,
    ulong Inode,
    ulong Device,
    long Length,
    uint Links,
    long Allocated)
{
    private const int S_ISGID = 0b10_000_000_000;
    private const int S_ISVTX = 0b01_000_000_000;
    private const int NinePermissions = 0b111_111_111;

    /// <summary>The parts of a file's mode, which has the same bits on every Unix system.</summary>
    public static (int Permissions, bool IsSticky, bool PassesGroupOn) PartsOf(int mode) =>
        (mode & NinePermissions, (mode & S_ISVTX) != 0, (mode & S_ISGID) != 0);

    /// <summary>Whether two status blocks describe one file.</summary>
    public bool IsSameFile(FileStatus other) => Inode == other.Inode && Device == other.Device;
}
