using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Native.Tests.Golden;

/// <summary>The C library takes the steps of the protocol, and names them as the .NET library and the documents do.</summary>
public sealed partial class StepNameTests
{
    /// <summary>Steps of features that the C library does not have: sharing a sender, closing it during another thread's call, replacing, forwarding, dropping.</summary>
    private static readonly Regex s_notInC = NotInC();

    private static IEnumerable<string> StepsInC => StepsIn(Repository.Read("native/ipmpsc.c"));

    private static IEnumerable<string> StepsInDotnet => Repository.SourcesOf("IpMpsc.Runtime").SelectMany(path => StepsIn(File.ReadAllText(path)));

    [Test]
    public void CHasNoStepsOfItsOwn() => Assert.That(
        StepsInC.Except(StepsInDotnet).Where(step => !Repository.Read("docs/protocol.md").Contains($"`{step}`", StringComparison.Ordinal)), Is.Empty);

    [Test]
    public void CLeavesNoStepOut() => Assert.That(
        StepsInDotnet.Except(StepsInC).Where(step => !s_notInC.IsMatch(step)).Order(), Is.Empty);

    private static IEnumerable<string> StepsIn(string text) =>
        Step().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex("""(?:STEP\("|STEP |CrashPoint\.Before\(")([a-z]+\.[a-z-]+)""")]
    private static partial Regex Step();

    [GeneratedRegex(@"^(turn|dispose|replace|drop)\.|^source\.(?!disown)|^retire\.(check-name|unlock-all)$")]
    private static partial Regex NotInC();
}
