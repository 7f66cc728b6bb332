using IpMpsc.Platform.Unix;

namespace IpMpsc.Platform.Linux;

/// <summary>Linux and Android: OFD locks, futexes without the private flag, membarrier.</summary>
internal sealed class LinuxPlatform : HostPlatform
{
    public override SegmentStore Segments { get; } = new UnixSegmentStore();

    public override AsymmetricBarrier Barrier { get; } = new Membarrier();

    public override unsafe WaitWord OpenWaitWord(uint* word) => new FutexWord(word);
}
