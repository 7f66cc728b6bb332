using System.Diagnostics;

namespace IpMpsc.Examples.TwoMachines;

/// <summary>A machine: a runtime directory of its own, so that its channels are not those of the other.</summary>
internal sealed class Machine : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("two-machines-");
    private readonly List<Process> _processes = [];

    /// <summary>Starts a process on this machine.</summary>
    public Process Start(params string[] arguments)
    {
        ProcessStartInfo start = ThisProgram.With(arguments);
        start.RedirectStandardOutput = true;
        start.Environment["XDG_RUNTIME_DIR"] = _directory.FullName;
        Process process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _directory.Delete(recursive: true);
    }
}
