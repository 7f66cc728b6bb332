using System.Diagnostics;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Diagnosis;

/// <summary>A look at a channel, repeated until the verdict about it is certain.</summary>
internal sealed class ChannelLook : IDisposable
{
    /// <summary>A channel that moves is left after this time.</summary>
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The longest time that the looks take, with a reserve for a busy machine.</summary>
    private static readonly TimeSpan s_limit = ChannelJudge.StallTime + (4 * s_interval);

    private readonly ChannelObserver _observer;
    private readonly ChannelJudge _judge = new();

    /// <summary>Takes the first look.</summary>
    public ChannelLook(string name)
    {
        _observer = Trust.Observe(name);
        Look();
    }

    /// <summary>What the last look saw.</summary>
    public ChannelInfo Channel { get; private set; } = null!;

    /// <summary>What is so with the channel, the worst first.</summary>
    public IReadOnlyList<ChannelVerdict> Verdicts { get; private set; } = [];

    /// <summary>Takes further looks at those channels that something may be wrong with, for about a second altogether.</summary>
    public static void Decide(params IReadOnlyCollection<ChannelLook> looks)
    {
        long start = Stopwatch.GetTimestamp();
        while (looks.Where(static look => look._judge.IsUndecided).ToArray() is { Length: > 0 } undecided
            && Stopwatch.GetElapsedTime(start) < s_limit)
        {
            Thread.Sleep(s_interval);
            Array.ForEach(undecided, static look => look.Look());
        }
    }

    public void Dispose() => _observer.Dispose();

    private void Look()
    {
        Channel = _observer.Inspect();
        Verdicts = _judge.Judge(Channel, DateTimeOffset.UtcNow);
    }
}
