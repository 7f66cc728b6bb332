namespace IpMpsc.Waiting;

/// <summary>
/// A wait without a thread of its own: one of many that a <see cref="WaitLoop"/> serves. From <see cref="WaitLoop.Join"/> to
/// <see cref="End"/>, only the loop's thread looks at its conditions.
/// </summary>
internal abstract class PendingWait
{
    /// <summary>The loop that serves this wait, or served the last one.</summary>
    public WaitLoop? Loop { get; protected set; }

    /// <summary>Whether a look has found that the wait is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When the loop looks thoroughly again, in ticks of the monotonic clock.</summary>
    public long NextLook { get; private set; }

    /// <summary>The word that is raised while this wait sleeps; mapped until <see cref="End"/>.</summary>
    public abstract Signal Signal { get; }

    /// <summary>Whether nobody else sleeps on the word, so that it may be lowered after a sleep.</summary>
    public abstract bool SleepsAlone { get; }

    /// <summary>Begins a new wait. Its first look is a thorough one.</summary>
    public void Begin()
    {
        IsOver = false;
        Failure = null;
        NextLook = 0;
    }

    /// <summary>The exception of a look. It ends the wait, and the waiting call throws it.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Looks once. Never throws: the thread looks after other waits too.</summary>
    public bool Look()
    {
        try
        {
            return IsOver = IsOver || IsMet();
        }
        catch (Exception failure)
        {
            return Fail(failure);
        }
    }

    /// <summary>Looks thoroughly, as before each sleep: also for what wakes nobody, such as a death.</summary>
    /// <param name="now">The time on the monotonic clock.</param>
    /// <param name="stretch">How many times its slice this wait may sleep.</param>
    public bool LookThoroughly(long now, int stretch)
    {
        TimeSpan slice;
        try
        {
            IsOver = IsMetBeforeSleep(out slice);
        }
        catch (Exception failure)
        {
            return Fail(failure);
        }

        NextLook = now + (stretch * WaitLoop.ToTicks(slice));
        return IsOver;
    }

    private bool Fail(Exception failure)
    {
        Failure = failure;
        return IsOver = true;
    }

    /// <summary>Called on the loop's thread after this wait has left the loop. Ends the use and completes the caller's task.</summary>
    public abstract void End();

    /// <summary>As <see cref="IWaitCondition.IsMetOnceAnnounced"/>; never throws.</summary>
    protected abstract bool IsMet();

    /// <summary>As <see cref="IWaitCondition.IsMetBeforeSleep"/>; never throws.</summary>
    protected abstract bool IsMetBeforeSleep(out TimeSpan slice);
}
