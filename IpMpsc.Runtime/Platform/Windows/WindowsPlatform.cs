using System.Runtime.Versioning;
using IpMpsc.Layout;

namespace IpMpsc.Platform.Windows;

/// <summary>Windows 10 and later: LockFileEx, named events, fences on both sides.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsPlatform : HostPlatform
{
    private const nint OwnProcess = -1;

    /// <summary>The exit code that a Unix shell reports for a killed process; tests expect it on every system.</summary>
    private const uint KilledExitCode = 137;

    public override SegmentStore Segments { get; } = new WindowsSegmentStore();

    public override AsymmetricBarrier Barrier { get; } = new FullFences();

    public override int ProcessorCount { get; } = (int)Kernel32.GetActiveProcessorCount(Kernel32.ALL_PROCESSOR_GROUPS);

    public override WakeMechanism WakeMechanism => WaitBackEnd.PollsWords ? WakeMechanism.Polling : WakeMechanism.NamedEvents;

    public override unsafe WaitWord OpenWaitWord(uint* word, WaitWordName name) =>
        WaitBackEnd.PollsWords ? new PollingWord(word) : new EventWord(word, name);

    public override WaitGroup OpenWaitGroup() => WaitBackEnd.PollsGroups ? new PollingGroup() : new EventGroup();

    public override PlatformReport Describe() => base.Describe() with
    {
        Sleep = WaitBackEnd.PollsWords ? "polling" : "named events",
        SleepOnMany = WaitBackEnd.PollsGroups ? "polling" : "WaitForMultipleObjects",
        Liveness = "LockFileEx",
    };

    public override void InterruptOwnProcess(bool kill)
    {
        if (kill)
        {
            Kernel32.TerminateProcess(OwnProcess, KilledExitCode);
        }
        else
        {
            Kernel32.SuspendProcess(OwnProcess);
        }
    }
}
