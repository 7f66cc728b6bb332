using NUnit.Framework.Interfaces;

[assembly: IpMpsc.Tests.Support.Watchdog]

namespace IpMpsc.Tests.Support;

/// <summary>
/// Ends the run if a test does not end, because a call that blocks for ever cannot be aborted on its
/// thread. Prints the test's name and the transcripts of its programs.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class WatchdogAttribute : Attribute, ITestAction
{
    /// <summary>The property of a test that may take longer: its minutes.</summary>
    public const string Minutes = "Minutes";

    private const int UsualMinutes = 2;

    private Timer? _timer;

    public ActionTargets Targets => ActionTargets.Test;

    public void BeforeTest(ITest test)
    {
        object? said = test.Properties.Get(Minutes) ?? test.Parent?.Properties.Get(Minutes); // Cases have no properties of their own.
        int minutes = said as int? ?? UsualMinutes;
        _timer = new Timer(_ => GiveUp(test, minutes), null, TimeSpan.FromMinutes(minutes), Timeout.InfiniteTimeSpan);
    }

    public void AfterTest(ITest test) => _timer?.Dispose();

    private static void GiveUp(ITest test, int minutes)
    {
        string problem = $"{test.FullName} has not ended after {minutes} minutes.";
        Console.Error.WriteLine(problem); // Printed first, because ending the programs may fail, too.
        Environment.FailFast($"{problem}\n{ProgramProcess.EndAll()}");
    }
}
