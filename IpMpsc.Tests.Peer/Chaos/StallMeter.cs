using System.Diagnostics;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>
/// Measures how long no message arrives although a receiver and a sender are warm and no process is paused.
/// </summary>
internal sealed class StallMeter : IDisposable
{
    private static readonly TimeSpan s_mostStep = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan s_noteworthy = TimeSpan.FromMilliseconds(500);

    private readonly ProbeBoard _board;
    private readonly Func<bool> _isExcused;
    private readonly Func<string> _describe;
    private readonly Thread _thread;
    private volatile bool _ended;
    private long _longest;

    public StallMeter(ProbeBoard board, Func<bool> isExcused, Func<string> describe)
    {
        _board = board;
        _isExcused = isExcused;
        _describe = describe;
        _thread = new Thread(Watch) { IsBackground = true, Name = "stall meter", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>The state of the run half a second into the last stall that lasted that long.</summary>
    public string StateThen { get; private set; } = "";

    public void Dispose()
    {
        _ended = true;
        _thread.Join();
    }

    private void Watch()
    {
        long last = -1;
        TimeSpan stall = TimeSpan.Zero;
        while (!_ended)
        {
            // Time in which this thread itself was not scheduled shows how busy the machine is, and nothing about the channel.
            long before = Stopwatch.GetTimestamp();
            Thread.Sleep(1); // The resolution of the measurement.
            TimeSpan step = Stopwatch.GetElapsedTime(before);
            long count = _board.Count;
            stall = count != last || _isExcused() ? TimeSpan.Zero : stall + (step < s_mostStep ? step : s_mostStep);
            last = count;
            if (stall > s_noteworthy && stall - step <= s_noteworthy)
            {
                StateThen = _describe();
            }

            Interlocked.Exchange(ref _longest, Math.Max(_longest, stall.Ticks));
        }
    }
}
