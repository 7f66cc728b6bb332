using IpMpsc.Layout;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>Linux and Android: OFD locks, futexes without the private flag, membarrier.</summary>
internal sealed class LinuxPlatform : HostPlatform
{
    private const int SIGSTOP = 19;
    private const int _SC_NPROCESSORS_ONLN = 84;

    public override SegmentStore Segments { get; } = new UnixSegmentStore(new LinuxCalls());

    public override AsymmetricBarrier Barrier { get; } = new Membarrier();

    public override void InterruptOwnProcess(bool kill) => LibC.Signal(Environment.ProcessId, kill ? LibC.SIGKILL : SIGSTOP);

    public override int ProcessorCount { get; } = (int)LibC.SystemConfiguration(_SC_NPROCESSORS_ONLN);

    public override WakeMechanism WakeMechanism => WaitBackEnd.PollsWords ? WakeMechanism.Polling : WakeMechanism.Futex;

    public override unsafe WaitWord OpenWaitWord(uint* word, WaitWordName name) =>
        WaitBackEnd.PollsWords ? new PollingWord(word) : new FutexWord(word);

    public override PlatformReport Describe()
    {
        List<string> shortcomings = [];
        if (WaitBackEnd.PollsWords || WaitBackEnd.PollsGroups)
        {
            shortcomings.Add("IPMPSC_WAIT asks for polling: a wake-up takes up to 10 ms.");
        }

        if (!FutexGroup.IsSupported)
        {
            shortcomings.Add("No futex_waitv (Linux 5.16): waiting for many channels polls, so a wake-up takes up to 10 ms.");
        }

        bool watches = !WaitBackEnd.PollsGroups && FutexRing.IsAvailable;
        if (!watches && !WaitBackEnd.PollsGroups)
        {
            shortcomings.Add("No io_uring (Linux 6.7, 28 KiB within RLIMIT_MEMLOCK): a wait for a set of receivers takes time in proportion to their number.");
        }

        if (!Barrier.IsSupported)
        {
            shortcomings.Add("No membarrier: each message costs its sender a full fence.");
        }

        if (Statx.IsRefused)
        {
            shortcomings.Add("No statx: files are examined by an older call.");
        }

        return new PlatformReport(
            Sleep: WaitBackEnd.PollsWords ? "polling" : "futex",
            SleepOnMany: (WaitBackEnd.PollsGroups || !FutexGroup.IsSupported ? "polling" : "futex_waitv")
                + (watches ? " or io_uring" : ""),
            Barrier: Barrier.IsSupported ? "membarrier, issued by the sleeper" : "a full fence after each publication",
            Liveness: "open file description locks",
            shortcomings);
    }

    public override WaitGroup OpenWaitGroup() =>
        WaitBackEnd.PollsGroups || !FutexGroup.IsSupported ? new PollingGroup() : new FutexGroup();

    public override WordWatch? TryOpenWordWatch() => WaitBackEnd.PollsGroups ? null : FutexRing.TryOpen();
}
