using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>Linux and Android: OFD locks, futexes without the private flag, membarrier.</summary>
internal sealed class LinuxPlatform : HostPlatform
{
    public override SegmentStore Segments { get; } = new UnixSegmentStore();

    public override AsymmetricBarrier Barrier { get; } = new Membarrier();

    public override void InterruptOwnProcess(bool kill) => LibC.Signal(Environment.ProcessId, kill ? LibC.SIGKILL : LibC.SIGSTOP);

    public override unsafe WaitWord OpenWaitWord(uint* word) =>
        WaitBackEnd.PollsWords ? new PollingWord(word) : new FutexWord(word);

    public override WaitGroup OpenWaitGroup() =>
        WaitBackEnd.PollsGroups || !FutexGroup.IsSupported ? new PollingGroup() : new FutexGroup();
}
