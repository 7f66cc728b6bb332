using System.Diagnostics;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Documentation;

/// <summary>An example in a process of its own.</summary>
/// <param name="name">Name of its project.</param>
/// <param name="runtimeDirectory">Where its channels lie.</param>
/// <param name="arguments">Its command line.</param>
internal sealed class ExampleProcess(string name, string runtimeDirectory, params IEnumerable<string> arguments) : ProgramProcess(
    name,
    new ProcessStartInfo("dotnet", ["exec", Repository.AssemblyOf($"examples/{name}"), .. arguments])
    {
        Environment = { ["XDG_RUNTIME_DIR"] = runtimeDirectory },
    })
{
    /// <summary>Gives it lines to read, and the end of its input.</summary>
    public void Feed(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Say(line);
        }

        Input.Close();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Exit code, the rest of its output, and what it said on its error output.</returns>
    public (int ExitCode, string Output, string Errors) End() => (AwaitExit(), RestOfOutput(), Errors());
}
