

namespace IpMpsc.Layout;

/// <summary>
/// How the participants of a channel sleep and wake each other. All of them need the same way, so the
/// header says which; it also tells the systems apart.
/// </summary>
internal enum WakeMechanism : uint
{
    /// <summary>Futexes of Linux.</summary>
    Futex = 1,

    /// <summary>Named events of Windows.</summary>
    NamedEvents = 2,

    /// <summary>Waiting on shared addresses, of macOS.</summary>
    SharedAddress = 3,

    /// <summary>Looking from time to time, on any system.</summary>
    Polling = 4,
}
