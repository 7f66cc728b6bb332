using IpMpsc.Opening;
using IpMpsc.Tool.Watching;

namespace IpMpsc.Tool.Exporting;

/// <summary>Looks at channels for a scraper, and from time to time by itself: verdicts need two looks.</summary>
internal sealed class MetricsSource : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly bool _isNamed;
    private readonly Watch _watch;
    private readonly Timer _timer;

    /// <param name="names">The channels; empty for all but temporary ones.</param>
    public MetricsSource(IReadOnlyList<string> names)
    {
        _isNamed = names.Count > 0;
        _watch = new Watch(names);
        _watch.RequireNamed();
        _timer = new Timer(_ => Look(), null, s_interval, s_interval);
    }

    /// <summary>The metrics as of now.</summary>
    public string Read() => ChannelMetrics.Of(Look(), DateTimeOffset.UtcNow);

    /// <summary>Whether a verdict may be missing because there was only one look.</summary>
    public bool IsUndecided => _watch.IsUndecided;

    public void Dispose()
    {
        using (ManualResetEvent ended = new(false))
        {
            if (_timer.Dispose(ended))
            {
                ended.WaitOne();
            }
        }

        _watch.Dispose();
    }

    private List<ChannelSample> Look()
    {
        lock (_gate)
        {
            return
            [
                .. _watch.Look()
                    .Select(static item => item.Sample)
                    .Where(sample => _isNamed || !ChannelAccess.IsTemporaryName(sample.Channel.Name)),
            ];
        }
    }
}
