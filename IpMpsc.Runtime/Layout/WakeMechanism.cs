namespace IpMpsc.Layout;

/// <summary>
/// How the participants of a channel sleep and wake each other. All of them need the same mechanism, so the header
/// names it. It also tells the operating systems apart.
/// </summary>
internal enum WakeMechanism : uint
{
    /// <summary>Futexes of Linux.</summary>
    Futex = 1,

    /// <summary>Named events of Windows.</summary>
    NamedEvents = 2,

    /// <summary>Waiting on shared addresses, of macOS.</summary>
    SharedAddress = 3,

    /// <summary>Periodic polling, on any system.</summary>
    Polling = 4,
}
