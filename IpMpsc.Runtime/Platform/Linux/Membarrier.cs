namespace IpMpsc.Platform.Linux;

/// <summary>
/// membarrier(2), global expedited. It interrupts the processors that run a registered process and thereby orders what
/// they have published. It costs the sleeper about a microsecond and the others nothing.
/// </summary>
/// <remarks>
/// The kernel takes 10 ms and more to register a process that has several threads, as every .NET process does. So a thread waits for that while the
/// first channel is opened, and publishers fence until it has ended.
/// </remarks>
internal sealed class Membarrier : AsymmetricBarrier
{
    private const int MEMBARRIER_CMD_GLOBAL_EXPEDITED = 1 << 1;
    private const int MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED = 1 << 2;
    private const int StackSize = 128 * 1024;

    private readonly Thread? _registration;
    private volatile bool _registered;

    public Membarrier()
    {
        Thread registration = new(Register, StackSize) { IsBackground = true, Name = "IpMpsc membarrier" };
        try
        {
            registration.Start();
            _registration = registration;
        }
        catch (Exception error) when (error is OutOfMemoryException or ThreadStartException)
        {
            Register(); // No further thread is allowed.
        }
    }

    public override bool PublisherMustFence => !_registered;

    public override bool IsSupported
    {
        get
        {
            _registration?.Join();
            return _registered;
        }
    }

    public override bool TryIssue() => Issue(MEMBARRIER_CMD_GLOBAL_EXPEDITED);

    private void Register() => _registered = Issue(MEMBARRIER_CMD_REGISTER_GLOBAL_EXPEDITED);

    private static unsafe bool Issue(int command) => SystemCall.Invoke(SystemCall.Membarrier, command, 0, 0, null, 0, 0) == 0;
}
