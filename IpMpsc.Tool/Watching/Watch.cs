using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Watching;

/// <summary>Samples channels repeatedly: all in the runtime directory, or those that were named.</summary>
/// <param name="names">The channels that were named; empty for all.</param>
internal sealed class Watch(IReadOnlyList<string> names) : IDisposable
{
    private readonly Dictionary<string, WatchedChannel> _channels = [];

    /// <summary>Requires that the named channels exist at the start.</summary>
    public void RequireNamed()
    {
        foreach (string name in names)
        {
            ChannelName.Find(name, static name =>
            {
                Trust.Observe(name).Dispose();
                return true;
            });
        }
    }

    /// <summary>Whether another look within a second may add a verdict about a channel.</summary>
    public bool IsUndecided => _channels.Values.Any(static channel => channel.IsUndecided);

    /// <summary>The channels that exist now, including new ones, in the order of their names.</summary>
    public IReadOnlyList<(WatchedChannel Watched, ChannelSample Sample)> Look()
    {
        List<(WatchedChannel, ChannelSample)> samples = [];
        string[] paths = [.. Paths()];
        foreach (string gone in _channels.Keys.Except(paths).ToArray())
        {
            Forget(gone);
        }

        foreach (string path in paths)
        {
            try
            {
                if (!_channels.TryGetValue(path, out WatchedChannel? watched))
                {
                    _channels[path] = watched = new WatchedChannel(path);
                }

                if (watched.Sample() is { } sample)
                {
                    samples.Add((watched, sample));
                }
                else
                {
                    Forget(path); // The next look finds its successor, if there is one.
                }
            }
            catch (ChannelException)
            {
                // Not a channel, or gone since the directory was read.
            }
        }

        return samples;
    }

    public void Dispose()
    {
        foreach (WatchedChannel channel in _channels.Values)
        {
            channel.Dispose();
        }
    }

    private IEnumerable<string> Paths() => names.Count > 0
        ? names.Select(Segments.ChannelPath.Resolve).Distinct()
        : ChannelName.NamesIn(IpcChannel.RuntimeDirectory).Select(static name => Path.Join(IpcChannel.RuntimeDirectory, name));

    private void Forget(string path)
    {
        if (_channels.Remove(path, out WatchedChannel? channel))
        {
            channel.Dispose();
        }
    }
}
