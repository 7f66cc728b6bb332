using System.Diagnostics;

namespace IpMpsc.MemoryPack.Tests;

/// <summary>The examples of this package run and print what they should.</summary>
public sealed class ExampleTests
{
    [Test]
    public void OrderBookOfThreeProcesses()
    {
        string[] lines = Run("OrderBook");
        Assert.That(lines[0], Is.EqualTo("6,668 events, 2 of 2 snapshots agree"));
        Assert.That(lines, Has.Length.EqualTo(7));
        Assert.That(lines.Skip(1).Select(line => line[..8]), Is.EqualTo(
            new[] { "Ada  ABC", "Ada  DEF", "Ada  GHI", "Bob  ABC", "Bob  DEF", "Bob  GHI" }));
    }

    [Test]
    public void JsonMessages() =>
        Assert.That(Run("JsonMessages"), Is.EqualTo(new[] { "kitchen: 21.5 C, humidity 40 %" }));

    private static string[] Run(string example)
    {
        // .../IpMpsc.MemoryPack.Tests/bin/CONFIGURATION/FRAMEWORK
        DirectoryInfo output = new(TestContext.CurrentContext.TestDirectory);
        string root = output.Parent!.Parent!.Parent!.Parent!.FullName;
        string program = Path.Combine(root, "examples", example, "bin", output.Parent.Name, output.Name, $"{example}.dll");
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(60_000), Is.True);
        Assert.That(process.ExitCode, Is.Zero, errors.Result);
        return text.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
    }
}
