namespace IpMpsc.Tests.Peer.Processes;

/// <summary>What a test does to another process from outside; each system has its own way.</summary>
public abstract class ProcessControl
{
    /// <summary>The exit code of a process that was killed, or that killed itself at a crash point.</summary>
    public const int KilledExitCode = 137;

    public static ProcessControl Current { get; } =
        OperatingSystem.IsWindows() ? new WindowsProcessControl() : new UnixProcessControl();

    /// <summary>Ends a process at whatever instruction it has reached.</summary>
    public abstract void Kill(int processId);

    /// <summary>Suspends every thread of a process.</summary>
    public abstract void Pause(int processId);

    /// <summary>Resumes a paused process.</summary>
    public abstract void Continue(int processId);

    /// <summary>Whether every thread of a process is suspended.</summary>
    public abstract bool IsPaused(int processId);
}
