using System.ComponentModel;
using System.Diagnostics;
using IpMpsc.Benchmarks.External;

namespace IpMpsc.Benchmarks.Limits.Native;

/// <summary>
/// The limits that are written in C, compiled when a run begins. They take part like any external program, and
/// are examples of the protocol, too.
/// </summary>
internal sealed class NativePrograms : IDisposable
{
    public const string CasRing = "C ring";
    public const string Protocol = "protocol in C";
    public const string FrameCopy = "rep movsb alone";

    private const string Compiler = "gcc";

    private static readonly (string Name, string Source)[] s_sources =
        [(CasRing, "cas_ring.c"), (Protocol, "protocol_ring.c"), (FrameCopy, "frame_copy.c")];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ipmpsc-benchmark-");

    /// <summary>What could not be compiled, and why.</summary>
    public IReadOnlyList<string> Omissions { get; private set; } = [];

    /// <summary>Compiles them.</summary>
    public async Task<IReadOnlyList<ExternalProgram>> CompileAsync()
    {
        List<ExternalProgram> programs = [];
        List<string> omissions = [];
        foreach ((string name, string source) in s_sources)
        {
            string path = Path.Join(AppContext.BaseDirectory, "Limits", "Native", source);
            string program = Path.Join(_directory.FullName, Path.GetFileNameWithoutExtension(source));
            if (await ErrorOfAsync(path, program) is { } error)
            {
                omissions.Add($"\"{name}\" was left out: {error}");
            }
            else
            {
                programs.Add(await ExternalProgram.AskAsync(name, program));
            }
        }

        Omissions = omissions;
        return programs;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    /// <summary>Compiles one program; returns why that failed, or null.</summary>
    private static async Task<string?> ErrorOfAsync(string source, string program)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "it is for Linux.";
        }

        ProcessStartInfo start = new(Compiler, ["-std=gnu11", "-O3", "-o", program, source])
        {
            RedirectStandardError = true,
        };
        try
        {
            using Process compiler = Process.Start(start)!;
            string errors = await compiler.StandardError.ReadToEndAsync();
            await compiler.WaitForExitAsync();
            return compiler.ExitCode == 0 ? null : $"{Compiler} failed: {errors.Trim()}";
        }
        catch (Win32Exception)
        {
            return $"{Compiler} is not installed.";
        }
    }
}
