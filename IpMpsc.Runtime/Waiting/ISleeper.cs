namespace IpMpsc.Waiting;

/// <summary>A thread that is about to sleep, for one wait or for many; what <see cref="SleepHandshake"/> asks of it.</summary>
internal interface ISleeper
{
    /// <summary>Raises every signal on which the thread will sleep.</summary>
    void Announce();

    /// <summary>The last look: whether there is a reason not to sleep.</summary>
    bool LookAgain();

    /// <summary>Sleeps until a signal is lowered, but no longer than the limit. May return early for no reason.</summary>
    void Sleep(TimeSpan limit);

    /// <summary>Lowers the signals on which nobody else sleeps.</summary>
    void Withdraw();
}
