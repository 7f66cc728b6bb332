using IpMpsc.Platform;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Tool.Reports;

/// <summary>Whose a file or directory is, and what its mode permits.</summary>
/// <param name="Owner">Name of the user, or its number.</param>
/// <param name="Group">Name of the group, or its number.</param>
/// <param name="Status">The numbers.</param>
internal sealed record FileOwnership(string Owner, string Group, FileStatus Status)
{
    private const int Sticky = 0b1_000_000_000;
    private const int SetGroup = 0b10_000_000_000;

    /// <summary>The mode as chmod takes it: 0660, 2770.</summary>
    public string Mode => Convert.ToString(
        Status.Permissions | (Status.IsSticky ? Sticky : 0) | (Status.PassesGroupOn ? SetGroup : 0), 8).PadLeft(4, '0');

    /// <summary>Null if there is no such file, or on a system without owners of this kind.</summary>
    public static FileOwnership? Of(string path)
    {
        return (HostPlatform.Current.Segments as UnixSegmentStore)?.StatusOf(path) is { } known
            ? new FileOwnership(Accounts.NameOfUser(known.Owner), Accounts.NameOfGroup(known.Group), known)
            : null;
    }
}
