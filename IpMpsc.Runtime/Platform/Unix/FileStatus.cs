namespace IpMpsc.Platform.Unix;

/// <summary>The status of a file on a Unix system.</summary>
/// <param name="Owner">User id.</param>
/// <param name="IsRegularFile">Whether it is a regular file.</param>
/// <param name="IsDirectory">Whether it is a directory.</param>
/// <param name="Permissions">The nine permission bits.</param>
/// <param name="Inode">The file's number on its device.</param>
/// <param name="Device">The device's number.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Links">Number of names.</param>
/// <param name="Allocated">Bytes for which the file system has reserved blocks; -1 if the system does not tell.</param>
internal readonly record struct FileStatus(
    uint Owner,
    bool IsRegularFile,
    bool IsDirectory,
    int Permissions,
    ulong Inode,
    ulong Device,
    long Length,
    uint Links,
    long Allocated)
{
    /// <summary>Whether two status blocks describe one file.</summary>
    public bool IsSameFile(FileStatus other) => Inode == other.Inode && Device == other.Device;
}
