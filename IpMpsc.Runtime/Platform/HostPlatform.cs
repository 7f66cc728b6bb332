using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>What the library needs from an operating system. Each system has one implementation.</summary>
internal abstract class HostPlatform
{
    private static readonly Lazy<HostPlatform> s_current = new(Detect);

    public static HostPlatform Current => s_current.Value;

    /// <summary>Files, their mappings and their locks.</summary>
    public abstract SegmentStore Segments { get; }

    /// <summary>Orders the unfenced stores of the running side against the loads of the sleeping side.</summary>
    public abstract AsymmetricBarrier Barrier { get; }

    /// <summary>How participants on this system wake each other.</summary>
    public abstract WakeMechanism WakeMechanism { get; }

    /// <summary>
    /// Processors of the machine, whether this process may use them or not: the process on the other side of a channel may be
    /// on another one. <see cref="Environment.ProcessorCount"/> counts only those that this process may use.
    /// </summary>
    public abstract int ProcessorCount { get; }

    /// <summary>A way to sleep on a word of the segment.</summary>
    /// <exception cref="ChannelFault">The system cannot provide the object on which to sleep.</exception>
    public abstract unsafe WaitWord OpenWaitWord(uint* word, WaitWordName name);

    /// <summary>A way to sleep on many words of <see cref="OpenWaitWord"/> at once.</summary>
    public abstract WaitGroup OpenWaitGroup();

    /// <summary>
    /// A watch on any number of words for the calling thread; null where the system has none, and a thread sleeps on as
    /// many words as a group holds.
    /// </summary>
    public virtual WordWatch? TryOpenWordWatch() => null;

    /// <summary>Kills or pauses this process at this instruction; for tests of what the other processes do then.</summary>
    public abstract void InterruptOwnProcess(bool kill);

    /// <summary>What the library uses on this system, for its operators.</summary>
    public virtual PlatformReport Describe() => new(
        Sleep: WaitBackEnd.PollsWords ? "polling" : "the system's own",
        SleepOnMany: WaitBackEnd.PollsGroups ? "polling" : "the system's own",
        Barrier: Barrier.IsSupported ? "issued by the sleeper" : "a full fence after each publication",
        Liveness: "locks that the system drops",
        Shortcomings: []);

    private static HostPlatform Detect()
    {
#if IPMPSC_EXPLORE // docs/exploring.md: not the library, but its sources in a test that chooses the order of all steps.
        return new Exploring.Host.VirtualPlatform();
#else
        if (!Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException(
                "IpMpsc needs a 64-bit little-endian process: positions are 64-bit words shared with other processes.");
        }

        if (OperatingSystem.IsLinux() || OperatingSystem.IsAndroid())
        {
            return new Linux.LinuxPlatform();
        }

        if (OperatingSystem.IsWindows())
        {
            return new Windows.WindowsPlatform();
        }

        return OperatingSystem.IsMacOS()
            ? new MacOS.MacPlatform()
            : throw new PlatformNotSupportedException("IpMpsc runs on Linux, Android, Windows and macOS; this operating system is not one of them.");
#endif
    }
}
