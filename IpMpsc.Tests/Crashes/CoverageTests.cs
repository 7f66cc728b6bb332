using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Crashes;

/// <summary>No step of the protocol is left out: each has a scenario, which fails unless a process reaches the step.</summary>
[Platform("Linux", Reason = "Reads the sources")]
public sealed partial class CoverageTests
{
    [Test]
    public void EveryStepHasADeath()
    {
        IEnumerable<string> steps = Repository.SourcesOf("IpMpsc.Runtime")
            .SelectMany(file => Step().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value)
            .Distinct();
        IEnumerable<string> deaths =
        [
            .. SenderScenarios.All.SelectMany(scenario => scenario.Deaths).Select(death => death.Step),
            .. ReceiverScenarios.All.SelectMany(scenario => scenario.Deaths).Select(death => death.Step),
            .. FileDeathTests.MakingSteps,
            .. FileDeathTests.PublishingSteps,
            .. FileDeathTests.ReplacingSteps,
            .. FileDeathTests.DeletingSteps,
            .. FileDeathTests.RetiringSteps,
            FileDeathTests.NamelessStep,
            .. SlotTests.StampedSlotSteps,
            .. CompletionDeathTests.Steps,
        ];
        Assert.That(deaths.Distinct(), Is.EquivalentTo(steps));
    }

    [GeneratedRegex("""CrashPoint\.Before\("([^"]+)"\)""")]
    private static partial Regex Step();
}
