using System.Diagnostics;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Packages;

/// <summary>A program that was built from the packages, in a process of its own.</summary>
internal sealed class FeedProgram(string name, ProcessStartInfo start) : ProgramProcess(name, start)
{
    /// <summary>The first line from here on that has this text.</summary>
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

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code, and everything that it has said.</returns>
    public (int ExitCode, string Transcript) End() => (AwaitExit(), Transcript());
}
