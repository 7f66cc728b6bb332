namespace IpMpsc.Tests.Peer.Processes;

/// <summary>What a test does to another process from outside; each system has its own way.</summary>
public abstract class ProcessControl
{
    /// <summary>The exit code of a process that was killed, or that killed itself at a crash point.</summary>
    public const int KilledExitCode = 137;

    public static ProcessControl Current { get; } =
        OperatingSystem.IsWindows() ? new WindowsProcessControl() : new UnixProcessControl();

    /// <summary>Ends a process at whatever instruction it is.</summary>
    public abstract void Kill(int processId);

    /// <summary>Makes every thread of a process stand still.</summary>
    public abstract void Pause(int processId);

    /// <summary>Lets a paused process go on.</summary>
    public abstract void Continue(int processId);

    /// <summary>Whether every thread of a process stands still.</summary>
    public abstract bool IsPaused(int processId);
}
