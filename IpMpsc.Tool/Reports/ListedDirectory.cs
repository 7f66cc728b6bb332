using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Reports;

/// <summary>A directory and the channels in it.</summary>
/// <param name="Path">The directory.</param>
/// <param name="Channels">The channels, by name.</param>
/// <param name="Damaged">Other files, and why each is not a channel that can be opened.</param>
/// <param name="Problem">Why nothing is known of its content; null if it could be read.</param>
internal sealed record ListedDirectory(
    string Path, IReadOnlyList<ListedChannel> Channels, IReadOnlyList<(string Name, string Problem)> Damaged, string? Problem)
{
    /// <summary>Looks at everything in a directory.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="ofAnyOwner">Whether to trust the owner of each file, whoever that is.</param>
    public static ListedDirectory Read(string path, bool ofAnyOwner)
    {
        List<ListedChannel> channels = [];
        List<(string Name, string Problem)> damaged = [];
        try
        {
            foreach (string name in ChannelName.NamesIn(path))
            {
                Add(System.IO.Path.Join(path, name), name);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ListedDirectory(path, [], [], error.Message);
        }

        return new ListedDirectory(path, channels, damaged, null);

        void Add(string file, string name)
        {
            FileOwnership? ownership = FileOwnership.Of(file);
            try
            {
                channels.Add(new ListedChannel(
                    ofAnyOwner && ownership is not null ? IpcChannel.Inspect(file, [ChannelOwner.User($"{ownership.Status.Owner}")]) : Trust.Inspect(file),
                    ownership));
            }
            catch (ChannelNotFoundException)
            {
                // Gone since the directory was read.
            }
            catch (ChannelException error)
            {
                damaged.Add((name, error.Message));
            }
        }
    }
}
