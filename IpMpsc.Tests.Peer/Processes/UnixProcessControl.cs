using System.Runtime.InteropServices;

namespace IpMpsc.Tests.Peer.Processes;

/// <summary>Signals, and the states of threads as Linux shows them.</summary>
internal sealed partial class UnixProcessControl : ProcessControl
{
    private const int SIGKILL = 9;
    private const int SIGCONT = 18;
    private const int SIGSTOP = 19;

    public override void Kill(int processId) => Signal(processId, SIGKILL);

    public override void Pause(int processId) => Signal(processId, SIGSTOP);

    public override void Continue(int processId) => Signal(processId, SIGCONT);

    public override bool IsPaused(int processId) =>
        Directory.GetDirectories($"/proc/{processId}/task").All(thread => StateOf(thread) == 'T');

    private static char StateOf(string thread)
    {
        string status = File.ReadAllText($"{thread}/stat");
        return status[status.LastIndexOf(')') + 2];
    }

    private static void Signal(int processId, int signal)
    {
        // A process that has ended meanwhile is not an error here: its parent checks its exit code.
        const int ESRCH = 3;
        if (SendSignal(processId, signal) != 0 && Marshal.GetLastPInvokeError() is var error and not ESRCH)
        {
            throw new InvalidOperationException($"kill({processId}, {signal}): {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
