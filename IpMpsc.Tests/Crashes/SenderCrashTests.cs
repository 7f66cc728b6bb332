using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Crashes;

/// <summary>Senders that kill themselves right before each step that a sender performs.</summary>
public sealed class SenderCrashTests
{
    private static IEnumerable<TestCaseData> Deaths =>
        from scenario in SenderScenarios.All
        from death in scenario.Deaths
        select new TestCaseData(scenario, death.Step, death.Occurrence).SetArgDisplayNames(scenario.Name, $"{death.Step} {death.Occurrence}");

    /// <summary>Steps whose outcome depends on which other processes are in the middle of them.</summary>
    private static IEnumerable<TestCaseData> CommonDeaths => Deaths.Where(death =>
        death.Arguments[1] is "claim.store-position" or "claim.cas-tail" or "commit.stamp" or "padding.stamp" or "batch.stamp");

    [TestCaseSource(nameof(Deaths))]
    public void OneOfOneDies(object scenario, string step, int occurrence) => Run(scenario, step, occurrence, dying: 1, living: 0);

    [TestCaseSource(nameof(CommonDeaths))]
    public void OneOfFourDies(object scenario, string step, int occurrence) => Run(scenario, step, occurrence, dying: 1, living: 3);

    [TestCaseSource(nameof(CommonDeaths))]
    public void FourOfFourDie(object scenario, string step, int occurrence) => Run(scenario, step, occurrence, dying: 4, living: 0);

    /// <summary>Every death of every scenario at several of its occurrences, with every number of companions.</summary>
    [TestCaseSource(nameof(Deaths))]
    [Explicit("Takes minutes"), Category("Matrix")]
    public void AnyDie(object scenario, string step, int occurrence)
    {
        foreach ((int dying, int living) in ((int, int)[])[(1, 3), (4, 0), (2, 2)])
        {
            Run(scenario, step, occurrence, dying, living);
        }
    }

    private static void Run(object scenario, string step, int occurrence, int dying, int living)
    {
        using SenderDeath death = new((SenderScenario)scenario, step);
        death.Run(occurrence, dying, living);
    }
}
