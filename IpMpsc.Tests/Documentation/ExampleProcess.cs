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
    /// <summary>Writes lines to its input, and closes it.</summary>
    public void Feed(params IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Say(line);
        }

        Input.Close();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code, the rest of its output, and its error output.</returns>
    public (int ExitCode, string Output, string Errors) End() => (AwaitExit(), RestOfOutput(), Errors());
}
