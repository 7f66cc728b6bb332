using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace IpMpsc.Tests.Peer.Processes;

/// <summary>TerminateProcess, and the calls by which debuggers suspend all threads of a process.</summary>
internal sealed partial class WindowsProcessControl : ProcessControl
{
    private const uint PROCESS_TERMINATE = 1;
    private const uint PROCESS_SUSPEND_RESUME = 0x800;
    private const uint THREAD_SUSPEND_RESUME = 2;

    public override void Kill(int processId) =>
        With(processId, PROCESS_TERMINATE, static process => TerminateProcess(process, KilledExitCode));

    public override void Pause(int processId) => With(processId, PROCESS_SUSPEND_RESUME, SuspendProcess);

    public override void Continue(int processId) => With(processId, PROCESS_SUSPEND_RESUME, ResumeProcess);

    public override bool IsPaused(int processId)
    {
        using Process process = Process.GetProcessById(processId);
        return process.Threads.Cast<ProcessThread>().All(IsSuspended);
    }

    /// <summary>Suspending a thread once more returns how often it was suspended before.</summary>
    private static bool IsSuspended(ProcessThread thread)
    {
        using SafeWaitHandle handle = OpenThread(THREAD_SUSPEND_RESUME, 0, thread.Id);
        if (handle.IsInvalid)
        {
            return true; // It has ended since the threads were listed.
        }

        int before = SuspendThread(handle);
        ResumeThread(handle);
        return before > 0;
    }

    private static void With(int processId, uint access, Func<SafeProcessHandle, int> call)
    {
        // A process that has ended meanwhile cannot be opened; its parent checks its exit code.
        using SafeProcessHandle process = OpenProcess(access, 0, processId);
        if (!process.IsInvalid)
        {
            call(process);
        }
    }

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial SafeProcessHandle OpenProcess(uint access, int inherit, int processId);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int TerminateProcess(SafeProcessHandle process, uint exitCode);

    [LibraryImport("ntdll", EntryPoint = "NtSuspendProcess")]
    private static partial int SuspendProcess(SafeProcessHandle process);

    [LibraryImport("ntdll", EntryPoint = "NtResumeProcess")]
    private static partial int ResumeProcess(SafeProcessHandle process);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial SafeWaitHandle OpenThread(uint access, int inherit, int threadId);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int SuspendThread(SafeWaitHandle thread);

    [LibraryImport("kernel32", SetLastError = true)]
    private static partial int ResumeThread(SafeWaitHandle thread);
}
