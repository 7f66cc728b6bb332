using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>
/// A wait word that needs nothing from the system but memory: the sleeper polls the word. The handshake on the word
/// is the same, so it misses nothing. It only notices later: after a millisecond where messages are frequent, and
/// after ten where they are not.
/// </summary>
internal sealed unsafe class PollingWord(uint* word) : WaitWord(word)
{
    public override void Sleep(uint raised, TimeSpan limit)
    {
        PollingPace pace = new(limit);
        while (SharedWord.LoadSignal(Address) == raised && pace.Next() is var pause and not 0)
        {
            Thread.Sleep(pause);
        }
    }

    public override void Wake()
    {
        // The waker has lowered the word, and a sleeper here looks at nothing else.
    }

    public override void Dispose()
    {
    }
}
