namespace IpMpsc.Waiting;

/// <summary>What a participant waits for. Structs implement it, so that polls are inlined.</summary>
internal interface IWaitCondition
{
    /// <summary>Looks once; true ends the wait.</summary>
    bool IsMet();

    /// <summary>
    /// Looks thoroughly, once before each sleep: also for what wakes nobody, such as a death.
    /// </summary>
    /// <param name="slice">How long the waiter may sleep before it looks again without having been woken.</param>
    bool IsMetBeforeSleep(out TimeSpan slice);

    /// <summary>The last look, after the sleep was announced. It must find everything for which a sleeper is woken.</summary>
    bool IsMetOnceAnnounced();
}
