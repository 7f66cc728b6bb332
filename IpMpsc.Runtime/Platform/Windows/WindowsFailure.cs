using System.Runtime.Versioning;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;
using static IpMpsc.Platform.Windows.Kernel32;

namespace IpMpsc.Platform.Windows;

/// <summary>What a failed call on a file means for its channel.</summary>
[SupportedOSPlatform("windows")]
internal static class WindowsFailure
{
    /// <param name="what">What could not be done to the file: "opened".</param>
    /// <param name="path">The file.</param>
    /// <param name="error">The system's error.</param>
    public static ChannelFault Of(string what, string path, int error) => error switch
    {
        ERROR_FILE_NOT_FOUND or ERROR_DELETE_PENDING => SegmentStore.NotFound(path),
        ERROR_PATH_NOT_FOUND => SegmentStore.DirectoryMissing(path),
        ERROR_ACCESS_DENIED when Directory.Exists(path) => SegmentStore.IsDirectory(path),
        ERROR_ACCESS_DENIED => Denied(what, path),
        ERROR_SHARING_VIOLATION => new(
            FaultKind.File, $"'{path}' cannot be {what}: a program that does not share it has it open. {ChannelFault.Reason(error)}."),
        _ => new(FaultKind.File, $"'{path}' cannot be {what}: {ChannelFault.Reason(error)}."),
    };

    /// <summary>Says which user was denied what, and who owns the file if this user may read that.</summary>
    private static ChannelFault Denied(string what, string path)
    {
        using SafeFileHandle file = WindowsFile.Open(path, READ_CONTROL);
        SecurityIdentifier? owner = file.IsInvalid ? null : WindowsFile.OwnerOf(file);
        return owner is not null && owner != CurrentUser.Id
            ? SegmentStore.OfAnotherUser(path, owner.ToString(), CurrentUser.Id.ToString())
            : new ChannelFault(
                FaultKind.File,
                $"'{path}' cannot be {what}: user {Environment.UserName} ({CurrentUser.Id}) has no permission. " +
                $"Check the access lists of the file and its directory, and whether the file is read-only. " +
                $"{SegmentStore.OneUser}");
    }
}
