using System.Diagnostics;
using System.Runtime.InteropServices;
using IpMpsc.Benchmarks.Messages;

namespace IpMpsc.Benchmarks.Startup;

/// <summary>
/// A small program that uses the library, built in a directory of its own: it moves one message, or does nothing, and
/// writes a byte.
/// </summary>
internal sealed class StartupProject : IDisposable
{
    public const string Empty = "empty";
    public const string First = "first";

    private const string Program = """
        using System;
        using IpMpsc;

        if (args[0] == "first")
        {
            One.Move(args[1]);
        }

        Console.OpenStandardOutput().WriteByte(10);

        internal static class One
        {
            public static void Move(string path)
            {
                using var receiver = Receiver<Order>.Create(path, new IpcChannelOptions { DeleteOnDispose = true });
                using var sender = Sender<Order>.Open(path);
                sender.Send(new Order { Id = 1, Price = 2 });
                if (receiver.Receive().Id != 1)
                {
                    throw new InvalidOperationException();
                }

                Console.OpenStandardOutput().WriteByte(10);
            }
        }

        [ChannelMessage]
        public partial struct Order
        {
            public long Id;
            public double Price;
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("ipmpsc-startup-").FullName;

    public StartupProject()
    {
        Write("Startup.cs", Program);
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Startup.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{Path.Join(AppContext.BaseDirectory, "IpMpsc.Runtime.dll")}" />
                <Analyzer Include="{Path.Join(AppContext.BaseDirectory, "IpMpsc.Generators.dll")}" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>Builds the program in one of its variants; returns the path of the executable.</summary>
    /// <exception cref="BenchmarkException">It cannot be built here.</exception>
    public string Build(bool readyToRun)
    {
        string output = Path.Join(_directory, readyToRun ? "ahead" : "tiered");
        List<string> arguments =
            ["publish", Path.Join(_directory, "Startup.csproj"), "-c", "Release", "-o", output, "-v", "quiet", "--nologo"];
        if (readyToRun)
        {
            arguments.AddRange(["-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false"]);
            arguments.Add("-p:PublishReadyToRun=true");
        }

        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true };
        using Process build = Process.Start(start)!;
        string text = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        return build.ExitCode == 0
            ? Path.Join(output, OperatingSystem.IsWindows() ? "Startup.exe" : "Startup")
            : throw new BenchmarkException(text.Split('\n').FirstOrDefault(IsError)?.Trim() ?? text);
    }

    /// <summary>Starts the program and waits for its byte; returns the milliseconds that this took.</summary>
    public double Time(string program, string what)
    {
        string[] arguments = [what, Path.Join(_directory, "channel")];
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true };
        long begun = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        bool isThere = process.StandardOutput.BaseStream.ReadByte() >= 0;
        double time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        process.WaitForExit();
        return isThere && process.ExitCode == 0
            ? time
            : throw new BenchmarkException($"'{program} {what}' ended with exit code {process.ExitCode}.");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static bool IsError(string line) => line.Contains("error", StringComparison.Ordinal);

    private void Write(string file, string text) => File.WriteAllText(Path.Join(_directory, file), text);
}
