using System.Diagnostics;
using System.Runtime.InteropServices;
using IpMpsc.Platform;

namespace IpMpsc.Waiting;

/// <summary>
/// Many waits that sleep in one thread, with one handshake, one barrier and one sleep for all of them. The caller of
/// <see cref="RunOnce"/> lends it the thread.
/// </summary>
internal sealed class WaitLoop : ISleeper
{
    /// <summary>Looks that are due within 5 ms of each other are made together.</summary>
    private static readonly long s_together = Stopwatch.Frequency / 200;

    /// <summary>
    /// With fewer waits than this a slice stays as it is; with 127 it is eight times as long. So the looks of an idle thread
    /// cost less than can be measured. Wake-ups do not come later for it; only a death is noticed later.
    /// </summary>
    private const int WaitsPerSlice = 16;

    private readonly WaitGroup _group = HostPlatform.Current.OpenWaitGroup();
    private readonly Lock _gate = new();
    private readonly List<PendingWait> _joining = [];

    // Parallel lists: each wait has its word at the same index. Only the loop's thread uses them.
    private readonly List<PendingWait> _waits = [];
    private readonly List<WaitWord> _words = [];

    /// <summary>For each word the value that it had when this thread announced its sleep.</summary>
    private readonly List<uint> _raised = [];

    private int _taken;

    /// <summary>Takes one of the loop's places for a wait that will join; gives it back when that wait ends.</summary>
    public bool TryTakePlace()
    {
        if (Interlocked.Increment(ref _taken) <= _group.Capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref _taken);
        return false;
    }

    /// <summary>
    /// Hands over a wait that has a place here. It belongs to the loop until its end. The loop's thread admits it when it looks around the next
    /// time; call <see cref="Interrupt"/> to have it do so now.
    /// </summary>
    public void Join(PendingWait wait)
    {
        lock (_gate)
        {
            _joining.Add(wait);
        }
    }

    /// <summary>Makes the loop look at all its waits again. A caller that cancels one marks that first.</summary>
    public void Interrupt() => _group.Interrupt();

    /// <summary>Looks at all waits. Ends those that are over; if none is, sleeps once, unless the limit is zero.</summary>
    public void RunOnce(TimeSpan limit)
    {
        Admit();
        if (LookAtAll(out TimeSpan slice))
        {
            EndThoseOver();
            return;
        }

        if (limit <= TimeSpan.Zero)
        {
            return; // Nobody may sleep, so nothing is announced either.
        }

        WaitLoop sleeper = this;
        SleepHandshake.Sleep(ref sleeper, slice, limit);
        EndThoseOver(); // The next call looks at all waits again and finds the reason of the wake-up.
    }

    /// <summary>How many times its slice each of so many waits in one thread may sleep.</summary>
    public static int Stretch(int waits) => 1 + (Math.Min(waits, 127) / WaitsPerSlice);

    /// <summary>Ticks of the monotonic clock.</summary>
    public static long ToTicks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private void Admit()
    {
        lock (_gate)
        {
            foreach (PendingWait wait in _joining)
            {
                _waits.Add(wait);
                _words.Add(wait.Signal.Word);
            }

            _joining.Clear();
        }
    }

    /// <summary>
    /// Looks at each wait, and thoroughly where that is due or will be soon. So the thorough looks come to be made together,
    /// and one idle wait among many costs no wake-up of its own.
    /// </summary>
    private bool LookAtAll(out TimeSpan slice)
    {
        bool anyOver = false;
        int stretch = Stretch(_waits.Count);
        long now = Stopwatch.GetTimestamp();
        long soon = now + s_together;
        long next = long.MaxValue;
        foreach (PendingWait wait in CollectionsMarshal.AsSpan(_waits))
        {
            anyOver |= wait.NextLook <= soon ? wait.LookThoroughly(now, stretch) : wait.Look();
            next = Math.Min(next, wait.NextLook);
        }

        slice = next == long.MaxValue ? TimeSpan.MaxValue : Stopwatch.GetElapsedTime(now, next);
        return anyOver;
    }

    void ISleeper.Announce()
    {
        _raised.Clear();
        foreach (PendingWait wait in CollectionsMarshal.AsSpan(_waits))
        {
            _raised.Add(wait.Signal.Announce());
        }
    }

    bool ISleeper.LookAgain()
    {
        bool anyOver = false;
        foreach (PendingWait wait in CollectionsMarshal.AsSpan(_waits))
        {
            anyOver |= wait.Look();
        }

        return anyOver;
    }

    void ISleeper.Sleep(TimeSpan limit) =>
        _group.Sleep(CollectionsMarshal.AsSpan(_words), CollectionsMarshal.AsSpan(_raised), limit);

    void ISleeper.Withdraw()
    {
        foreach (PendingWait wait in CollectionsMarshal.AsSpan(_waits))
        {
            if (wait.SleepsAlone)
            {
                wait.Signal.Lower();
            }
        }
    }

    private void EndThoseOver()
    {
        for (int index = _waits.Count - 1; index >= 0; index--)
        {
            PendingWait wait = _waits[index];
            if (wait.IsOver)
            {
                // It leaves the lists and its place first, because a wait may begin again before End returns.
                _waits[index] = _waits[^1];
                _words[index] = _words[^1];
                _waits.RemoveAt(_waits.Count - 1);
                _words.RemoveAt(_words.Count - 1);
                Interlocked.Decrement(ref _taken);
                wait.End();
            }
        }
    }
}
