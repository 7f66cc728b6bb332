using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>The models and the code are tied by the names of their steps: neither may lose one.</summary>
public sealed partial class ModelTests
{
    [Test]
    public void EveryStepOfTheModelsHasItsLineInTheCode()
    {
        string[] steps = StepsOfModels();
        Assert.That(steps, Has.Length.GreaterThan(40));
        Assert.That(steps.Except(StepsOfCode()), Is.Empty);
    }

    [Test]
    public void EveryStepOfTheRingIsInTheModels()
    {
        // The models leave out how a segment's file is filled before it gets its name, and how it is renamed in one system call.
        IEnumerable<string> ring = StepsOfCode().Where(step => !step.StartsWith("create.") && !step.StartsWith("replace."));
        Assert.That(ring.Except(StepsOfModels()), Is.Empty);
    }

    private static string[] StepsOfModels() => Names(Step(), "spec", "*.pml");

    private static string[] StepsOfCode() =>
        [.. Names(Step(), "IpMpsc.Runtime", "*.cs").Union(Names(CrashPoint(), "IpMpsc.Runtime", "*.cs"))];

    private static string[] Names(Regex pattern, string folder, string files) =>
    [
        .. Repository.SourcesOf(folder, files)
            .SelectMany(path => pattern.Matches(File.ReadAllText(path)))
            .Select(match => match.Groups[1].Value)
            .Distinct()
            .Order(),
    ];

    [GeneratedRegex(@"STEP ([a-z]+\.[a-z-]+)")]
    private static partial Regex Step();

    [GeneratedRegex(@"CrashPoint\.Before\(""([a-z.-]+)""\)")]
    private static partial Regex CrashPoint();
}
