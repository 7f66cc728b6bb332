using System.Diagnostics;
using IpMpsc.Benchmarks.Messages;
using IpMpsc.Benchmarks.Peers;

namespace IpMpsc.Benchmarks.External;

/// <summary>
/// A program that speaks the text protocol of docs/measuring-peers.md, and takes part wherever it says that it can.
/// </summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Command">How a shell starts it; each of its processes plays one part.</param>
/// <param name="Works">The kinds of work that it can do.</param>
internal sealed record ExternalProgram(string Name, string Command, IReadOnlyList<string> Works)
{
    private const string Announcement = "works";

    /// <summary>Time for the program to remove what it created outside of the directory of the run.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    /// <summary>Starts the program once, to ask what it can do.</summary>
    /// <exception cref="BenchmarkException">It cannot be started, or does not speak the protocol.</exception>
    public static async Task<ExternalProgram> AskAsync(string name, string command)
    {
        using LineProcess process = Start(name, command);
        return new ExternalProgram(name, command, await ReadWorksAsync(process));
    }

    /// <summary>Starts one more process of it.</summary>
    public async Task<ExternalPeer> StartAsync()
    {
        LineProcess process = Start(Name, Command);
        await ReadWorksAsync(process);
        return new ExternalPeer(process, Name);
    }

    private static LineProcess Start(string name, string command)
    {
        // Through a shell, so that options and quotes mean what a user expects. The program replaces the shell (exec), so that
        // killing the process kills the program.
        ProcessStartInfo start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo("cmd.exe", $"/d /s /c \"{command}\"")
            : new ProcessStartInfo("/bin/sh", ["-c", $"exec {command}"]);
        return new LineProcess(start, $"'{name}'", s_farewell);
    }

    private static async Task<string[]> ReadWorksAsync(LineProcess process)
    {
        string[] words = (await process.ReadAsync()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [Announcement, .. string[] works]
            ? works
            : throw new BenchmarkException(
                $"{process.Name} said \"{string.Join(' ', words)}\" instead of \"{Announcement}\" and what it can do.");
    }
}
