using IpMpsc.Platform.Unix;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Reports;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>
/// Whether a directory is fit for channels that several users share, and what its owner, group and mode mean for them.
/// </summary>
internal static class SharedDirectoryCheck
{
    private const string Subject = "directory";

    private const int GroupEnters = 0b001_000;
    private const int GroupWrites = 0b010_000;
    private const int OthersEnter = 0b000_001;
    private const int OthersWrite = 0b000_010;

    /// <summary>What was found, the worst last; nothing on a system whose directories have no mode.</summary>
    public static IEnumerable<Finding> Of(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        if (FileOwnership.Of(directory) is not { } ownership)
        {
            yield return Finding.Problem(
                Subject,
                $"'{directory}' does not exist. Create it for a group: install -d -m 2770 -o OWNER -g GROUP '{directory}', or with RuntimeDirectory= of a systemd unit.");
            yield break;
        }

        if (!ownership.Status.IsDirectory)
        {
            yield return Finding.Problem(Subject, $"'{directory}' is not a directory, or it is a link. Name the directory itself.");
            yield break;
        }

        yield return Finding.Good(Subject, $"{directory}, user {ownership.Owner}, group {ownership.Group}, mode {ownership.Mode}");
        foreach (Finding finding in OfMode(directory, ownership).Append(OfOwner(directory, ownership)).Concat(OfPath(directory)).OfType<Finding>())
        {
            yield return finding;
        }
    }

    /// <summary>What the bits of the mode mean.</summary>
    private static IEnumerable<Finding?> OfMode(string directory, FileOwnership ownership)
    {
        FileStatus status = ownership.Status;
        bool groupWrites = (status.Permissions & GroupWrites) != 0;
        if ((status.Permissions & OthersWrite) != 0)
        {
            yield return status.IsSticky
                ? Finding.Warning(Subject, $"everybody can create files in '{directory}', and so take the name of a channel before its creator does: its openers then refuse the file. " +
                    $"Let only a group write: chmod 2770 '{directory}'")
                : Finding.Problem(Subject, $"everybody can delete and replace any channel in '{directory}'. Run: chmod o-w '{directory}'");
        }
        else if ((status.Permissions & GroupEnters) == 0)
        {
            yield return Finding.Warning(Subject, $"only user {ownership.Owner} gets into '{directory}': for a group, run chmod 2750 (openers) or 2770 (creators, too) on it.");
        }
        else if (groupWrites && !status.IsSticky)
        {
            yield return Finding.Good(
                Subject, $"members of group {ownership.Group} can create channels, and delete and replace those of each other; chmod +t '{directory}' leaves that to the owner of each.");
        }
        else if (groupWrites)
        {
            yield return Finding.Good(
                Subject, $"members of group {ownership.Group} can create channels; the sticky bit lets only the owner of a channel, user {ownership.Owner} and root delete or replace it.");
        }
        else
        {
            yield return Finding.Good(Subject, $"members of group {ownership.Group} can open channels; only user {ownership.Owner} can create, delete and replace them.");
        }

        if ((status.Permissions & OthersEnter) != 0)
        {
            yield return Finding.Good(Subject, "others can reach channels in it, which their own mode still denies them.");
        }

        if (status.PassesGroupOn)
        {
            yield return Finding.Good(Subject, "set-group-id gives other files the directory's group. A channel has the group that its creator names (Access), whatever the bit says.");
        }
    }

    /// <summary>The owner can give any name to another file, so openers depend on it.</summary>
    private static Finding? OfOwner(string directory, FileOwnership ownership)
    {
        uint owner = ownership.Status.Owner;
        bool isKnown = owner == 0 || owner == LibC.EffectiveUserId()
            || Trust.Owners.Contains(ChannelOwner.User(ownership.Owner)) || Trust.Owners.Contains(ChannelOwner.User($"{owner}"));
        return isKnown ? null : Finding.Warning(
            Subject, $"user {ownership.Owner} can remove and replace any channel in '{directory}'. If you trust that user, say so: --trust User:{ownership.Owner}");
    }

    /// <summary>Somebody who can rename a directory on the way can put another one in its place.</summary>
    private static IEnumerable<Finding?> OfPath(string directory)
    {
        for (string? parent = Path.GetDirectoryName(Path.GetFullPath(directory)); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (FileOwnership.Of(parent) is { Status: { IsSticky: false } status } && (status.Permissions & OthersWrite) != 0)
            {
                yield return Finding.Problem(
                    Subject, $"everybody can write in '{parent}', and so put another directory in the place of the one in it. Run: chmod o-w '{parent}', or chmod +t");
            }
        }
    }
}
