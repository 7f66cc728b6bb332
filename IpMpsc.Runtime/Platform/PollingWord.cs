using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>
/// A wait word for systems of which nothing is known but memory: the sleeper looks at the word from
/// time to time. The handshake on the word is the same, so nothing is missed; it is only noticed later,
/// after a millisecond where messages are frequent and after ten where they are not.
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
        // The word was lowered, and that is all a sleeper here looks at.
    }

    public override void Dispose()
    {
    }
}
