using System.Diagnostics;

namespace IpMpsc.Examples.ManyChannels;

/// <summary>This program, started again for each part of the channels.</summary>
internal sealed class SendingProcesses(string directory, int count) : IDisposable
{
    private readonly Process[] _processes = [.. Enumerable.Range(0, count).Select(part => Start(directory, part))];

    public void Dispose()
    {
        foreach (Process process in _processes)
        {
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static Process Start(string directory, int part)
    {
        List<string> arguments = ["send", directory, $"{part}"];
        string program = Environment.ProcessPath!;
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            arguments.Insert(0, typeof(SendingProcesses).Assembly.Location);
        }

        return Process.Start(program, arguments);
    }
}
