using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>
/// Waits for many words by polling them, for systems and kernels without a call for that. It notices an interruption
/// at once, and a word as late as <see cref="PollingWord"/> does.
/// </summary>
internal sealed class PollingGroup : WaitGroup
{
    private readonly AutoResetEvent _interrupted = new(false);

    // As many as futex_waitv takes, so that polling all of them stays a matter of microseconds.
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
