namespace IpMpsc.Platform.Unix;

/// <summary>The status of a file system on a Unix system.</summary>
/// <param name="IsRemote">Whether other machines use it, which locks and mappings do not reach.</param>
/// <param name="IsMemory">Whether its files consist of memory and count towards a memory limit.</param>
/// <param name="FreeBytes">Bytes that this user can still allocate.</param>
/// <param name="HasFreeFiles">Whether another file, or another name of one, can be created.</param>
internal readonly record struct FileSystemStatus(bool IsRemote, bool IsMemory, long FreeBytes, bool HasFreeFiles);
