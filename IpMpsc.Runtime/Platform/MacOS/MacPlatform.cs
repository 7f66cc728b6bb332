using IpMpsc.Layout;
using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.MacOS;

/// <summary>
/// macOS: open-file-description locks, waiting on shared addresses, fences on both sides. It has no call to sleep on
/// many words, so groups poll them. Before 14.4, single words are polled, too.
/// </summary>
internal sealed class MacPlatform : HostPlatform
{
    private const int SIGSTOP = 17;
    private const int _SC_NPROCESSORS_ONLN = 58;

    public override SegmentStore Segments { get; } = new UnixSegmentStore(new MacCalls());

    public override AsymmetricBarrier Barrier { get; } = new FullFences();

    public override int ProcessorCount { get; } = (int)LibC.SystemConfiguration(_SC_NPROCESSORS_ONLN);

    public override WakeMechanism WakeMechanism => PollsWords ? WakeMechanism.Polling : WakeMechanism.SharedAddress;

    public override void InterruptOwnProcess(bool kill) => LibC.Signal(Environment.ProcessId, kill ? LibC.SIGKILL : SIGSTOP);

    public override unsafe WaitWord OpenWaitWord(uint* word, WaitWordName name) =>
        PollsWords ? new PollingWord(word) : new SharedAddressWord(word);

    public override WaitGroup OpenWaitGroup() => new PollingGroup();

    public override PlatformReport Describe() => base.Describe() with
    {
        Sleep = PollsWords ? "polling" : "os_sync_wait_on_address",
        SleepOnMany = "polling",
        Liveness = "open file description locks",
        Shortcomings =
        [
            .. SharedAddress.IsSupported ? [] : (string[])["No os_sync_wait_on_address (macOS 14.4): a wake-up takes up to 10 ms."],
            "No call sleeps on many addresses: waiting for many channels polls, so a wake-up takes up to 10 ms.",
        ],
    };

    private static bool PollsWords => WaitBackEnd.PollsWords || !SharedAddress.IsSupported;
}
