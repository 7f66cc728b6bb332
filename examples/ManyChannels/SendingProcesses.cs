using System.Diagnostics;

namespace IpMpsc.Examples.ManyChannels;

/// <summary>Further processes of this program, one for each share of the channels.</summary>
internal sealed class SendingProcesses(string directory, int count) : IDisposable
{
    private readonly Process[] _processes =
        [.. Enumerable.Range(0, count).Select(part => Process.Start(ThisProgram.With("send", directory, $"{part}"))!)];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.WaitForExit();
            process.Dispose();
        }
    }
}
