using IpMpsc.Opening;
using IpMpsc.Segments;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Reports;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>The state of the runtime directory and of what is in it.</summary>
internal static class ChannelChecks
{
    /// <summary>The runtime directory, or null and the reason why it cannot be used.</summary>
    public static (string? Directory, Finding Finding) RuntimeDirectory()
    {
        try
        {
            string directory = IpcChannel.RuntimeDirectory;
            string mode = OperatingSystem.IsWindows()
                ? ""
                : $", mode {Convert.ToString((int)File.GetUnixFileMode(directory), 8).PadLeft(4, '0')}";
            return (directory, Finding.Good("directory", $"{directory}{mode}"));
        }
        catch (ChannelException error)
        {
            return (null, Finding.Problem("directory", error.Message));
        }
    }

    /// <summary>Channels that cannot be opened, or whose receiver is blocked.</summary>
    public static IEnumerable<Finding> Channels(string directory)
    {
        int sound = 0;
        foreach (string name in ChannelName.NamesIn(directory))
        {
            if (Look(directory, name) is { } finding)
            {
                yield return finding;
            }
            else
            {
                sound++;
            }
        }

        yield return Finding.Good("channels", $"{sound:N0} healthy");
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

        foreach (string what in halfMade.Select(path => $"{Path.GetFileName(path)}: its creator died while creating it")
            .Concat(deserted.Select(name => $"{name}: a temporary channel without participants")))
        {
            yield return clean
                ? Finding.Good("leftover", $"removed {what}")
                : Finding.Warning("leftover", $"{what}; 'ipmpsc doctor --clean' removes it");
        }

        if (halfMade.Length + deserted.Length == 0)
        {
            yield return Finding.Good("leftovers", "none");
        }
    }

    private static Finding? Look(string directory, string name)
    {
        try
        {
            ChannelInfo channel = IpcChannel.Inspect(Path.Join(directory, name));
            bool isStuck = channel.Head is HeadState.Abandoned or HeadState.Corrupt || channel.BlockedBy is not null;
            return isStuck ? Finding.Warning("channel", $"{name}: {HeadInWords.Of(channel)}") : null;
        }
        catch (ChannelNotFoundException)
        {
            return null;
        }
        catch (ChannelException error)
        {
            return Finding.Warning("channel", error.Message);
        }
    }

    private static bool IsDeserted(string directory, string name)
    {
        try
        {
            ChannelInfo channel = IpcChannel.Inspect(Path.Join(directory, name));
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
            IpcChannel.Delete(path);
        }
        catch (ChannelInUseException)
        {
            // Another process has opened it in the meantime.
        }
    }
}
