namespace IpMpsc.Platform.Linux;

/// <summary>
/// membarrier(2), global expedited. It interrupts the processors that run a registered process and thereby orders what
/// they have published. It costs the sleeper about a microsecond and the others nothing.
/// </summary>
internal sealed class Membarrier : AsymmetricBarrier
{
    private const int MEMBARRIER_CMD_GLOBAL_EXPEDITED = 1 << 1;
    private const int MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED = 1 << 2;

    private readonly bool _registered = Issue(MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED);

    public override bool PublisherMustFence => !_registered;

    public override bool TryIssue() => Issue(MEMBARRIER_CMD_GLOBAL_EXPEDITED);

    private static unsafe bool Issue(int command) => SystemCall.Invoke(SystemCall.Membarrier, command, 0, 0, null, 0, 0) == 0;
}
