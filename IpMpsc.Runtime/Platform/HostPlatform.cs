using IpMpsc.Layout;

namespace IpMpsc.Platform;

/// <summary>What the library needs of an operating system; one implementation for each.</summary>
internal abstract class HostPlatform
{
    private static readonly Lazy<HostPlatform> s_current = new(Detect);

    public static HostPlatform Current => s_current.Value;

    /// <summary>Files, mappings and the locks on them.</summary>
    public abstract SegmentStore Segments { get; }

    /// <summary>Orders the unfenced stores of the side that runs against the loads of the side that sleeps.</summary>
    public abstract AsymmetricBarrier Barrier { get; }

    /// <summary>How participants here wake each other.</summary>
    public abstract WakeMechanism WakeMechanism { get; }

    /// <summary>A way to sleep on a word of the segment.</summary>
    /// <exception cref="ChannelFault">The system has no object left for it.</exception>
    public abstract unsafe WaitWord OpenWaitWord(uint* word, WaitWordName name);

    /// <summary>A way to sleep on many words, opened here, at once.</summary>
    public abstract WaitGroup OpenWaitGroup();

    /// <summary>Kills or pauses this process at this very instruction; for tests of what the others do then.</summary>
    public abstract void InterruptOwnProcess(bool kill);

    /// <summary>What is used here, for people who look after a system.</summary>
    public virtual PlatformReport Describe() => new(
        Sleep: WaitBackEnd.PollsWords ? "polling" : "the system's own",
        SleepOnMany: WaitBackEnd.PollsGroups ? "polling" : "the system's own",
        Barrier: Barrier.PublisherMustFence ? "a full fence after each publication" : "issued by who goes to sleep",
        Liveness: "locks that the system drops",
        Shortcomings: []);

    private static HostPlatform Detect()
    {
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
            : throw new PlatformNotSupportedException("IpMpsc runs on Linux, Android, Windows and macOS; this operating system is none of them.");
    }
}
