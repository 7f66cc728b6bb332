using System.Diagnostics;

namespace IpMpsc.Native.Tests.Support;

/// <summary>Programs that a machine may not have besides the .NET SDK.</summary>
internal static class InstalledProgram
{
    /// <summary>The path of the first of these programs that is installed; the test is skipped if none is.</summary>
    public static string Require(string package, params IEnumerable<string> names)
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string? path = names
            .SelectMany(name => folders.Select(folder => Path.Join(folder, name)))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Ignore($"{package} is not installed. '.ci/native' installs it and runs these tests.");
        }

        return path!;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Its output, without carriage returns.</returns>
    public static string Run(string program, params IEnumerable<string> arguments) => Run(program, new Dictionary<string, string>(), arguments);

    /// <inheritdoc cref="Run(string, IEnumerable{string})" />
    public static string Run(string program, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string said = errors.Result;
        Assert.That(process.ExitCode, Is.Zero, () => $"{program} {string.Join(' ', start.ArgumentList)}\n{output}\n{said}");
        return output;
    }
}
