using static IpMpsc.Platform.Unix.LibC;

namespace IpMpsc.Platform.Unix;

/// <summary>Turns the error of a system call into words, with what the error number does not say.</summary>
internal sealed class UnixFailure(UnixCalls system)
{
    private const int PrivateFile = 0b110_000_000;

    /// <summary>The fault of a call on a file.</summary>
    /// <param name="what">What the file could not be: "opened".</param>
    /// <param name="path">Its path.</param>
    /// <param name="error">The number of the error.</param>
    public ChannelFault Of(string what, string path, int error) => error switch
    {
        ENOENT when Directory.Exists(Path.GetDirectoryName(path)) => SegmentStore.NotFound(path),
        ENOENT or ENOTDIR => SegmentStore.DirectoryMissing(path),
        _ when error == system.ELOOP => new(FaultKind.File, $"'{path}' is a symbolic link, and links are not followed. Name the file itself."),
        EISDIR => SegmentStore.IsDirectory(path),
        EACCES => Denied(what, path),
        EMFILE => Because(what, path, $"this process has no file descriptor left ({ChannelFault.Reason(error)}). Raise its limit (ulimit -n), or close files"),
        ENFILE => Because(what, path, $"the system has no file descriptor left ({ChannelFault.Reason(error)}). Raise fs.file-max, or stop processes"),
        ENOMEM => Because(what, path, $"the system has no memory left ({ChannelFault.Reason(error)}). Stop processes, or raise the limit on this one"),
        ENOSPC when system.FileSystemOf(Path.GetDirectoryName(path)!) is { HasFreeFiles: false } => Because(
            what,
            path,
            $"the file system of '{Path.GetDirectoryName(path)}' has no inode left ({ChannelFault.Reason(error)}). Remove files there, or choose another directory"),
        ENOSPC => Because(
            what,
            path,
            $"the file system of '{Path.GetDirectoryName(path)}' has no space left ({ChannelFault.Reason(error)}). Remove files there, or choose another directory"),
        _ => Because(what, path, ChannelFault.Reason(error)),
    };

    /// <summary>Why a file cannot be mapped.</summary>
    public static string MappingReason(int error) => error switch
    {
        ENOMEM => $"the process has no memory or address space left ({ChannelFault.Reason(error)}). " +
            "Raise its limits (ulimit -v, vm.max_map_count), or choose a smaller capacity.",
        ENODEV => $"its file system does not support shared mappings ({ChannelFault.Reason(error)}). Choose a local disk or a directory in memory.",
        _ => $"{ChannelFault.Reason(error)}.",
    };

    /// <summary>The permission bits as chmod takes them.</summary>
    public static string Octal(int permissions) => $"0{Convert.ToString(permissions, 8).PadLeft(3, '0')}";

    private static ChannelFault Because(string what, string path, string reason) =>
        new(FaultKind.File, $"'{path}' cannot be {what}: {reason}.");

    /// <summary>Says why this user may not use a file, which the error number does not.</summary>
    private ChannelFault Denied(string what, string path) => system.StatusOf(path) switch
    {
        { Permissions: var mode } status when status.Owner != EffectiveUserId() && (mode & 0b110_000) == 0b100_000 => new(
            FaultKind.File,
            $"'{path}' cannot be {what}: it belongs to user {status.Owner}, and its mode {Octal(mode)} lets members of its group only observe it; " +
            $"this process runs as user {EffectiveUserId()}."),
        { } status when status.Owner != EffectiveUserId() => SegmentStore.OfAnotherUser(path, $"{status.Owner}", $"{EffectiveUserId()}"),
        { } status when (status.Permissions & PrivateFile) != PrivateFile => new(
            FaultKind.File,
            $"'{path}' cannot be {what}: its mode {Octal(status.Permissions)} denies it to its own user. A channel has mode 0600."),
        _ => new(
            FaultKind.File,
            $"'{path}' cannot be {what}: user {EffectiveUserId()} has no permission in the directory '{Path.GetDirectoryName(path)}'. " +
            $"{SegmentStore.OneUser}"),
    };
}
