using System.Diagnostics;
using IpMpsc.Tests.Peer.Probes;

namespace IpMpsc.Tests.Peer.Chaos;

/// <summary>
/// Watches how long no message comes although a receiver and a sender are in gear and nobody is paused.
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

    /// <summary>What the world looked like half a second into the last stall that lasted that long.</summary>
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
            // Time in which the meter itself was not run says how busy the machine is, nothing about the channel.
            long before = Stopwatch.GetTimestamp();
            Thread.Sleep(1); // The grain of the measurement.
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
