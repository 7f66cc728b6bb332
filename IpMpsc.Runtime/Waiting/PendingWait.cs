namespace IpMpsc.Waiting;

/// <summary>
/// A wait without a thread of its own: one of many that a <see cref="WaitLoop"/> looks after. Its
/// conditions are looked at by the loop's thread alone, from <see cref="WaitLoop.Join"/> to <see cref="End"/>.
/// </summary>
internal abstract class PendingWait
{
    /// <summary>The loop that looks after this wait; the last one, while it is over.</summary>
    public WaitLoop? Loop { get; protected set; }

    /// <summary>Whether a look has found that the wait is over.</summary>
    public bool IsOver { get; private set; }

    /// <summary>When the loop looks thoroughly again, on the monotonic clock.</summary>
    public long NextLook { get; private set; }

    /// <summary>The word that is raised while this wait sleeps; mapped until <see cref="End"/>.</summary>
    public abstract Signal Signal { get; }

    /// <summary>Whether nobody else sleeps on the word, so that it may be lowered after a sleep.</summary>
    public abstract bool SleepsAlone { get; }

    /// <summary>Begins the wait anew: the first look is a thorough one.</summary>
    public void Begin()
    {
        IsOver = false;
        NextLook = 0;
    }

    /// <summary>Looks once.</summary>
    public bool Look() => IsOver = IsOver || IsMet();

    /// <summary>Looks for what wakes nobody, as before each sleep.</summary>
    /// <param name="now">The time on the monotonic clock.</param>
    /// <param name="stretch">How many times its slice this wait may sleep.</param>
    public bool LookThoroughly(long now, int stretch)
    {
        IsOver = IsMetBeforeSleep(out TimeSpan slice);
        NextLook = now + (stretch * WaitLoop.ToTicks(slice));
        return IsOver;
    }

    /// <summary>Called on the loop's thread when it has let go of this wait; gives up the use and tells who waits.</summary>
    public abstract void End();

    /// <summary>As <see cref="IWaitCondition.IsMetOnceAnnounced"/>; never throws.</summary>
    protected abstract bool IsMet();

    /// <summary>As <see cref="IWaitCondition.IsMetBeforeSleep"/>; never throws.</summary>
    protected abstract bool IsMetBeforeSleep(out TimeSpan slice);
}
