namespace IpMpsc.Tests.Crashes;

/// <summary>Receivers that kill themselves right before each step that a receiver performs, and their successors.</summary>
public sealed class ReceiverCrashTests
{
    private static IEnumerable<TestCaseData> Deaths =>
        from scenario in ReceiverScenarios.All
        from death in scenario.Deaths
        select new TestCaseData(scenario, death.Step, death.Occurrence).SetArgDisplayNames(scenario.Name, $"{death.Step} {death.Occurrence}");

    [TestCaseSource(nameof(Deaths))]
    public void UnderFourSenders(object scenario, string step, int occurrence) => Run(scenario, step, occurrence, senders: 4);

    [TestCaseSource(nameof(Deaths))]
    [Explicit("Takes minutes"), Category("Matrix")]
    public void UnderOneSender(object scenario, string step, int occurrence) => Run(scenario, step, occurrence, senders: 1);

    private static void Run(object scenario, string step, int occurrence, int senders)
    {
        using ReceiverDeath death = new((ReceiverScenario)scenario, senders);
        death.Run(step, occurrence);
    }
}
