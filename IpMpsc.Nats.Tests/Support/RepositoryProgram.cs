using System.Diagnostics;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Nats.Tests.Support;

/// <summary>A program of the repository in a process of its own, built with the same configuration as the tests.</summary>
/// <param name="project">The folder of its project.</param>
/// <param name="assembly">The name of its assembly, if it is not that of the project.</param>
/// <param name="arguments">Its command line.</param>
internal sealed class RepositoryProgram(string project, string? assembly, params string[] arguments)
    : ProgramProcess(project, Start(project, assembly, arguments))
{
    /// <summary>The path of a program's assembly. The output folder has the same name below each project.</summary>
    public static string AssemblyOf(string project, string? assembly = null)
    {
        string output = Path.GetRelativePath(Path.Join(Repository.Root, "IpMpsc.Nats.Tests"), AppContext.BaseDirectory);
        return Path.Join(Repository.Root, project, output, $"{assembly ?? Path.GetFileName(project)}.dll");
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code, the rest of its output, and its error output.</returns>
    public (int ExitCode, string Output, string Errors) End() => (AwaitExit(), RestOfOutput(), Errors());

    private static ProcessStartInfo Start(string project, string? assembly, string[] arguments) =>
        new("dotnet", ["exec", AssemblyOf(project, assembly), .. arguments]);
}
