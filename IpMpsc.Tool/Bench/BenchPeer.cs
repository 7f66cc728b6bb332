using System.Diagnostics;
using IpMpsc.Tool.CommandLine;

namespace IpMpsc.Tool.Bench;

/// <summary>The other process of a measurement: this program again, with a hidden command.</summary>
internal sealed class BenchPeer : IDisposable
{
    /// <summary>The hidden command.</summary>
    public const string CommandName = "bench-peer";

    /// <summary>What the peer says when it has opened its channels.</summary>
    public const string Ready = "ready";

    private readonly Process _process;

    /// <summary>Starts it, and waits until it is ready.</summary>
    public BenchPeer(params IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool hosted = Path.GetFileNameWithoutExtension(program) == "dotnet"; // "dotnet ipmpsc.dll"
        IEnumerable<string> command = [CommandName, .. arguments];
        _process = Process.Start(new ProcessStartInfo(
            program, hosted ? [typeof(BenchPeer).Assembly.Location, .. command] : command)
        {
            RedirectStandardOutput = true,
        })!;
        if (_process.StandardOutput.ReadLine() != Ready)
        {
            _process.WaitForExit();
            throw Failure();
        }
    }

    public ToolException Failure() => new(
        ExitCode.Failed,
        $"The peer process of the measurement {(_process.HasExited ? $"ended with exit code {_process.ExitCode}" : "does not answer")}.");

    public void Dispose()
    {
        _process.Kill(); // Does nothing to one that has ended.
        _process.WaitForExit();
        _process.Dispose();
    }
}
