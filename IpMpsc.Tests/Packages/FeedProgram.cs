using System.Diagnostics;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Packages;

/// <summary>A program that was built from the packages, in a process of its own.</summary>
internal sealed class FeedProgram(string name, ProcessStartInfo start) : ProgramProcess(name, start)
{
    /// <summary>The next line that contains this text.</summary>
    public string ListenFor(string text)
    {
        while (true)
        {
            string line = Listen();
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code, and all of its output.</returns>
    public (int ExitCode, string Transcript) End() => (AwaitExit(), Transcript());
}
