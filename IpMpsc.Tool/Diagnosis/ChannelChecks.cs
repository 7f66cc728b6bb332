using System.Globalization;
using IpMpsc.Opening;
using IpMpsc.Segments;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>The state of the runtime directory and of what is in it.</summary>
internal static class ChannelChecks
{
    /// <summary>The runtime directory, or null and the reason why it cannot be used.</summary>
    public static (string? Directory, Finding[] Findings) RuntimeDirectory()
    {
        try
        {
            string directory = IpcChannel.RuntimeDirectory;
            string mode = OperatingSystem.IsWindows()
                ? ""
                : $", mode {Convert.ToString((int)File.GetUnixFileMode(directory), 8).PadLeft(4, '0')}";
            return (directory, [Finding.Good("directory", $"{directory}{mode}")]);
        }
        catch (ChannelException error)
        {
            return (null, [Finding.Problem("directory", error.Message)]);
        }
    }

    /// <summary>A directory that several users share, or null if this user cannot read it.</summary>
    public static (string? Directory, Finding[] Findings) SharedDirectory(string directory)
    {
        Finding[] findings = [.. SharedDirectoryCheck.Of(directory)];
        try
        {
            _ = Directory.EnumerateFiles(directory).Any();
            return (directory, findings);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool isExplained = findings.Any(static finding => finding.Verdict == VerdictSeverity.Problem);
            return (null, isExplained ? findings : [.. findings, Finding.Problem("directory", $"{error.Message} Its channels can be opened by name all the same if its mode lets you through.")]);
        }
    }

    /// <summary>Files that cannot be opened as channels, and channels that something is wrong with.</summary>
    public static IEnumerable<Finding> Channels(string directory)
    {
        List<(string Name, Finding Finding)> unreadable = [];
        List<ChannelLook> looks = [];
        try
        {
            foreach (string name in ChannelName.NamesIn(directory))
            {
                try
                {
                    looks.Add(new ChannelLook(Path.Join(directory, name)));
                }
                catch (ChannelNotFoundException)
                {
                    // Gone since the directory was read.
                }
                catch (ChannelException error)
                {
                    unreadable.Add((name, Finding.Warning("channel", error.Message)));
                }
            }

            ChannelLook.Decide(looks);
            return
            [
                .. AlikeFindings.Fold(
                    "files cannot be opened as channels", "'ipmpsc inspect NAME' says why, and 'ipmpsc delete NAME' removes a damaged channel.", unreadable),
                .. Verdicts(looks),
            ];
        }
        finally
        {
            looks.ForEach(static look => look.Dispose());
        }
    }

    /// <summary>Leftovers of killed processes that nobody can use.</summary>
    /// <param name="directory">Where to look.</param>
    /// <param name="clean">Whether to remove it.</param>
    public static IEnumerable<Finding> Leftovers(string directory, bool clean)
    {
        string[] halfMade = [.. TemporaryFile.FindLeftovers(directory)];
        string[] deserted =
        [
            .. ChannelName.NamesIn(directory).Where(name => ChannelAccess.IsTemporaryName(name) && IsDeserted(directory, name)),
        ];
        if (clean)
        {
            Array.ForEach(halfMade, TemporaryFile.RemoveLeftover);
            foreach (string name in deserted)
            {
                Remove(Path.Join(directory, name));
            }
        }

        foreach (Finding finding in Leftovers("incomplete files of processes that died while creating a channel", "the process that created it died before it was complete", halfMade.Select(Path.GetFileName)!, clean)
            .Concat(Leftovers("temporary channels without participants", "a temporary channel without participants", deserted, clean)))
        {
            yield return finding;
        }

        if (halfMade.Length + deserted.Length == 0)
        {
            yield return Finding.Good("leftovers", "none");
        }
    }

    private static IEnumerable<Finding> Verdicts(List<ChannelLook> looks)
    {
        var alike = looks
            .SelectMany(static look => look.Verdicts, static (look, verdict) => (look.Channel.Name, Verdict: verdict))
            .Where(static item => item.Verdict.Severity != VerdictSeverity.Good)
            .GroupBy(static item => (item.Verdict.Kind, item.Verdict.Severity))
            .OrderByDescending(static group => group.Key.Severity)
            .ThenBy(static group => group.Key.Kind);
        foreach (var group in alike)
        {
            (string what, string remedy) = InCommon(group.Key.Kind);
            (string, Finding)[] findings =
                [.. group.Select(static item => (item.Name, new Finding("channel", item.Verdict.Severity, $"{item.Name}: {item.Verdict.Text}")))];
            foreach (Finding finding in AlikeFindings.Fold(what, remedy, findings))
            {
                yield return finding;
            }
        }

        int healthy = looks.Count(static look => look.Verdicts.All(static verdict => verdict.Severity == VerdictSeverity.Good));
        yield return Finding.Good("channels", string.Create(CultureInfo.InvariantCulture, $"{healthy:N0} healthy"));
    }

    /// <summary>What channels with the same verdict have in common, and the command that cleans up or tells more.</summary>
    private static (string What, string Remedy) InCommon(ChannelVerdictKind kind) => kind switch
    {
        ChannelVerdictKind.Corrupt => ("channels have a corrupt record at the head", "'ipmpsc recover NAME --skip-corrupt' resumes behind it."),
        ChannelVerdictKind.DeadClaim => ("channels have the claim of a dead sender at the head", "'ipmpsc recover NAME' steps over it."),
        ChannelVerdictKind.SenderStalled => ("channels have a stalled sender", "'ipmpsc inspect NAME' names it."),
        ChannelVerdictKind.ReceiverStalled => ("channels have a stalled receiver", "'ipmpsc inspect NAME' names it."),
        ChannelVerdictKind.NoReceiver => ("channels have messages or senders, but no receiver", "'ipmpsc delete NAME' removes one that is not needed any more."),
        ChannelVerdictKind.SendersWaiting => ("channels have senders that wait for room", "'ipmpsc inspect NAME' says what their receiver does."),
        ChannelVerdictKind.RingFull => ("channels are more than 80 % full", "'ipmpsc inspect NAME' says what their receiver does."),
        _ => ("channels have messages that their receiver holds", "'ipmpsc inspect NAME' says how many."),
    };

    private static IEnumerable<Finding> Leftovers(string many, string one, IEnumerable<string> names, bool clean) => AlikeFindings.Fold(
        many,
        clean ? "They were removed." : "'ipmpsc doctor --clean' removes them.",
        [.. names.Select(name => (name, clean
            ? Finding.Good("leftover", $"removed {name}: {one}")
            : Finding.Warning("leftover", $"{name}: {one}; 'ipmpsc doctor --clean' removes it")))]);

    private static bool IsDeserted(string directory, string name)
    {
        try
        {
            ChannelInfo channel = Trust.Inspect(Path.Join(directory, name));
            return !channel.IsReceiverAttached && !channel.Senders.Any(sender => sender.IsAttached);
        }
        catch (ChannelException)
        {
            return false;
        }
    }

    private static void Remove(string path)
    {
        try
        {
            IpcChannel.Delete(path, evenIfInUse: false, Trust.Owners);
        }
        catch (ChannelInUseException)
        {
            // Another process has opened it in the meantime.
        }
    }
}
