using System.Diagnostics;
using System.Text.RegularExpressions;

namespace IpMpsc.Tests.Documentation;

/// <summary>The units in docs/platforms.md are valid for systemd.</summary>
[Platform("Linux", Reason = "Runs systemd-analyze")]
public sealed partial class SystemdUnitTests
{
    private const string Analyze = "/usr/bin/systemd-analyze";

    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("ipmpsc-units-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void UnitsAreValid()
    {
        if (!File.Exists(Analyze))
        {
            Assert.Ignore("systemd-analyze is not installed.");
        }

        string[] units = [.. WriteUnits()];
        Assert.That(units, Has.Length.EqualTo(4));
        ProcessStartInfo start = new(Analyze, ["verify", "--man=no", .. units])
        {
            RedirectStandardError = true,
            WorkingDirectory = _directory,
        };
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        // Ignores errors about other units of this machine, or about its missing bus.
        string[] ours = [.. errors.Split('\n').Where(line => units.Any(unit => line.Contains(Path.GetFileName(unit), StringComparison.Ordinal)))];
        Assert.That(ours, Is.Empty);
    }

    /// <summary>Each block of units, split at the comments that name them.</summary>
    private IEnumerable<string> WriteUnits()
    {
        foreach (Match unit in Unit().Matches(Repository.Read("docs/platforms.md")))
        {
            string path = Path.Join(_directory, unit.Groups["name"].Value);
            File.WriteAllText(path, Command().Replace(unit.Groups["text"].Value, "ExecStart=/bin/true"));
            yield return path;
        }
    }

    [GeneratedRegex(@"^# (?<name>\S+\.service)\n(?<text>(?:(?!# |```).*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Unit();

    [GeneratedRegex("ExecStart=.*")]
    private static partial Regex Command();
}
