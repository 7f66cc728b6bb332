using System.Diagnostics;

namespace IpMpsc.Examples;

/// <summary>This program, for a process of its own.</summary>
internal static class ThisProgram
{
    public static ProcessStartInfo With(params IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool hosted = Path.GetFileNameWithoutExtension(program) == "dotnet"; // "dotnet Example.dll"
        return new ProcessStartInfo(program, hosted ? [typeof(ThisProgram).Assembly.Location, .. arguments] : arguments);
    }
}
