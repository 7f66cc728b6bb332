namespace IpMpsc.Waiting;

/// <summary>What a participant waits for; implemented by structs, so that polling it is inlined.</summary>
internal interface IWaitCondition
{
    /// <summary>Looks once; true ends the wait.</summary>
    bool IsMet();

    /// <summary>
    /// Looks thoroughly, once before each sleep: does what must not wait for a wake-up, such as to look
    /// for the dead.
    /// </summary>
    /// <param name="slice">How long it may take until the condition wants to look again without having been woken.</param>
    bool IsMetBeforeSleep(out TimeSpan slice);

    /// <summary>The last look, when the sleep has been announced: finds everything for which somebody wakes a sleeper.</summary>
    bool IsMetOnceAnnounced();
}
