using System.ComponentModel;
using System.Diagnostics;

namespace IpMpsc.Tests.Support;

/// <summary>Runs other programs to their end.</summary>
internal static class Shell
{
    private const int NotFound = 127;

    /// <returns>The exit code and all output; exit code 127, as in shells, if there is no such program.</returns>
    public static (int ExitCode, string Output) Run(params IReadOnlyList<string> words)
    {
        ProcessStartInfo start = new(words[0], words.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output + errors.Result);
        }
        catch (Win32Exception missing)
        {
            return (NotFound, missing.Message);
        }
    }
}
