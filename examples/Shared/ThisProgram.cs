using System.Diagnostics;

namespace IpMpsc.Examples;

/// <summary>Starts another process of this program.</summary>
internal static class ThisProgram
{
    private static string Library => Path.Join(AppContext.BaseDirectory, $"{typeof(ThisProgram).Assembly.GetName().Name}.dll");

    public static ProcessStartInfo With(params IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        bool hosted = Path.GetFileNameWithoutExtension(program) == "dotnet"; // "dotnet Example.dll"
        return new ProcessStartInfo(program, hosted ? [Library, .. arguments] : arguments);
    }
}
