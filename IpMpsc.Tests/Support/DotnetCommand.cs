using System.Diagnostics;

namespace IpMpsc.Tests.Support;

/// <summary>The .NET command line.</summary>
internal static class DotnetCommand
{
    /// <summary>Runs it to its end.</summary>
    /// <returns>Exit code, and what it wrote to its two outputs.</returns>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string directory, params IEnumerable<string> arguments) =>
        RunAsync(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = directory });

    /// <summary>Runs it to its end, with the given start information.</summary>
    /// <returns>Exit code, and what it wrote to its two outputs.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // Otherwise build nodes outlive the test and keep its output open.
        using Process dotnet = Process.Start(start)!;
        Task<string> errors = dotnet.StandardError.ReadToEndAsync();
        string output = await dotnet.StandardOutput.ReadToEndAsync();
        await dotnet.WaitForExitAsync();
        return (dotnet.ExitCode, output, await errors);
    }
}
