using System.Runtime.InteropServices;

namespace IpMpsc.Benchmarks.Reports;

/// <summary>The machine of a measurement, as far as it matters.</summary>
internal sealed record Machine(string Processor, int Processors, string System, string Runtime)
{
    public static Machine This { get; } = new(
        ProcessorName(),
        Environment.ProcessorCount,
        $"{(OperatingSystem.IsLinux() ? "Linux " + Environment.OSVersion.Version : RuntimeInformation.OSDescription)}, {RuntimeInformation.ProcessArchitecture}",
        RuntimeInformation.FrameworkDescription);

    public override string ToString() => $"{Processor}, {Processors} processors, {System}, {Runtime}";

    private static string ProcessorName()
    {
        const string Information = "/proc/cpuinfo";
        string? line = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? "an unknown processor";
    }
}
