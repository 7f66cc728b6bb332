using System.Diagnostics;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Output;

namespace IpMpsc.Tool.Watching;

/// <summary>One channel that is sampled repeatedly.</summary>
internal sealed class WatchedChannel : IDisposable
{
    /// <summary>How many samples are kept.</summary>
    public const int History = 16;

    private readonly ChannelObserver _observer;
    private readonly ChannelJudge _judge = new();
    private ChannelInfo? _last;
    private long _lastTime;

    public WatchedChannel(string path) => _observer = Trust.Observe(path);

    /// <summary>Messages per second of the last samples.</summary>
    public Sparkline Rates { get; } = new(History);

    /// <summary>Bytes used of the last samples.</summary>
    public Sparkline Depths { get; } = new(History);

    /// <summary>Whether another look within a second may add a verdict.</summary>
    public bool IsUndecided => _judge.IsUndecided;

    /// <summary>Takes another sample; null if the channel was deleted or replaced.</summary>
    public ChannelSample? Sample()
    {
        ChannelInfo now = _observer.Inspect();
        if (now.IsRetired)
        {
            return null;
        }

        IReadOnlyList<ChannelVerdict> verdicts = _judge.Judge(now, DateTimeOffset.UtcNow);
        long time = Stopwatch.GetTimestamp();
        double seconds = Stopwatch.GetElapsedTime(_lastTime, time).TotalSeconds;
        ChannelSample sample = _last is not { } last
            ? new ChannelSample(now, verdicts, 0, 0, 0)
            : new ChannelSample(
                now,
                verdicts,
                (now.MessagesReceived - last.MessagesReceived) / seconds,
                (now.TailPosition - last.TailPosition) / seconds,
                (now.HeadPosition - last.HeadPosition) / seconds);
        _last = now;
        _lastTime = time;
        Rates.Add(sample.MessagesPerSecond);
        Depths.Add(now.BytesUsed);
        return sample;
    }

    public void Dispose() => _observer.Dispose();
}
