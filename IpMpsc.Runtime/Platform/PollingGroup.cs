using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>
/// Waits for many words by looking at them from time to time: for systems, and kernels, that have no
/// call for it. An interruption is noticed at once, a word as with <see cref="PollingWord"/>.
/// </summary>
internal sealed class PollingGroup : WaitGroup
{
    private readonly AutoResetEvent _interrupted = new(false);

    // As many as the other back end takes, so that looking at all of them stays a matter of microseconds.
    public override int Capacity => 127;

    public override void Sleep(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised, TimeSpan limit)
    {
        if (words.IsEmpty && limit > TimeSpan.FromDays(1))
        {
            _interrupted.WaitOne();
            return;
        }

        PollingPace pace = new(limit);
        bool interrupted = false;
        while (!interrupted && AreAllRaised(words, raised) && pace.Next() is var pause and not 0)
        {
            interrupted = _interrupted.WaitOne(pause);
        }
    }

    public override void Interrupt() => _interrupted.Set();

    private static unsafe bool AreAllRaised(ReadOnlySpan<WaitWord> words, ReadOnlySpan<uint> raised)
    {
        for (int index = 0; index < words.Length; index++)
        {
            if (SharedWord.LoadSignal(words[index].Address) != raised[index])
            {
                return false;
            }
        }

        return true;
    }
}
