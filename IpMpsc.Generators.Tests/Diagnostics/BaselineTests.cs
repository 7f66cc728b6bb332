using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Messages that differ from the committed baseline.</summary>
public sealed class BaselineTests
{
    private const string Baseline = """
        # The messages of version 1.0
        message M id 7 version 1 size 16

          A i32 @0
          B f64 @8
        """;

    private static IEnumerable<TestCaseData> Changes =>
    [
        Change(
            "'M' no longer has the field 'B' of its baseline; keep it, or make a new message of another name",
            "[ChannelMessage(Id = 7)] partial struct {|IPM0024:M|} { public int A; }"),
        Change(
            "'A' stands at offset 8, in the baseline of 'M' at 0; keep the order, and add new fields at the end",
            "[ChannelMessage(Id = 7)] partial struct M { public double B; public int {|IPM0025:A|}; }"),
        Change(
            "'B' is f32, in the baseline of 'M' f64; keep it, and add a field of the new type at the end",
            "[ChannelMessage(Id = 7)] partial struct M { public int A; public float {|IPM0026:B|}; }"),
        Change(
            "'C' is not in the baseline of 'M', which has version 1; mark it with [Since(2)]",
            "[ChannelMessage(Id = 7)] partial struct M { public int A; public double B; public long {|IPM0027:C|}; }"),
        Change(
            "The baseline has 'M' as \"message M id 7 version 1 size 16\" but it is \"message M id 8 version 1 size 16\"; "
                + "update it, for example with 'dotnet build -t:WriteIpMpscBaseline', and commit it with the change",
            "[ChannelMessage(Id = 8)] partial struct {|IPM0028:M|} { public int A; public double B; }"),
        Change(
            "The baseline does not have 'Other'; update it, for example with 'dotnet build -t:WriteIpMpscBaseline', and commit it with the change",
            "[ChannelMessage] partial struct {|IPM0028:Other|} { public int A; }"),
    ];

    [TestCaseSource(nameof(Changes))]
    public void ChangeIsFound(string text, string source)
    {
        ImmutableArray<Diagnostic> found =
            AnalyzerHarness.Verify("using System; using IpMpsc;\n" + source, new BaselineFile(Baseline));

        Assert.That(found.Select(diagnostic => diagnostic.GetMessage()), Is.EqualTo(new[] { text }));
    }

    [Test]
    public void SameMessageIsLeftAlone() => AnalyzerHarness.Verify(
        "[IpMpsc.ChannelMessage(Id = 7)] partial struct M { public int A; public double B; }", new BaselineFile(Baseline));

    [Test]
    public void ProjectWithoutBaselineIsLeftAlone() =>
        AnalyzerHarness.Verify("[IpMpsc.ChannelMessage] partial struct M { public int A; }");

    [Test]
    public void NestedMessageThatChangesIsARetypedField() => AnalyzerHarness.Verify(
        """
        using IpMpsc;
        [ChannelMessage(Id = 1)] partial struct P { public int {|IPM0026:X|}; }
        [ChannelMessage(Id = 2)] partial struct M { public P {|IPM0026:At|}; public int B; }
        """,
        new BaselineFile("""
            message P id 1 version 1 size 4
              X u32 @0
            message M id 2 version 1 size 8
              At P(4) @0
              B i32 @4
            struct P size 4
              X u32 @0
            """));

    private static IEnumerable<TestCaseData> Removals =>
    [
        Change(
            "The message 'M' of the baseline is missing: keep it while any program sends it, then delete it here",
            "[ChannelMessage] partial struct Other { public int A; }"),
        Change(
            "The message 'M' of the baseline is missing: 'Renamed' has the same fields; if it was renamed, add Name = \"M\" to its [ChannelMessage]",
            "[ChannelMessage(Id = 7)] partial struct Renamed { public int A; public double B; }"),
    ];

    [TestCaseSource(nameof(Removals))]
    public void RemovedMessageIsReportedInTheBaseline(string text, string source)
    {
        Diagnostic found = AnalyzerHarness.Analyze("using IpMpsc;\n" + source, new BaselineFile(Baseline)).Single(found => found.Id == "IPM0043");

        Assert.That(found.GetMessage(), Is.EqualTo(text));
        Assert.That(found.Location.GetLineSpan().ToString(), Is.EqualTo("messages.ipmpsc-schema: (1,0)-(1,32)"));
    }

    [TestCase("[IpMpsc.ChannelMessage(Id = 7, Name = \"M\")] partial struct Renamed { public int A; public double B; }")]
    [TestCase("[IpMpsc.ChannelMessage(Id = 7)] partial struct M { public object A; }")] // IPM0004 reports its mistake.
    public void MessageThatIsThereIsNotMissing(string source) => Assert.That(
        AnalyzerHarness.Analyze(source, new BaselineFile(Baseline)).Select(found => found.Id), Has.None.EqualTo("IPM0043"));

    [Test]
    public void LineThatCannotBeReadIsReportedInTheBaseline()
    {
        ImmutableArray<Diagnostic> found = AnalyzerHarness.Analyze("", new BaselineFile("message M\n\n# note\n  A i32 @0\n"));

        Assert.That(found.Select(diagnostic => diagnostic.Id), Is.All.EqualTo("IPM0029").And.Exactly(2).Items);
        Assert.That(
            found.Select(diagnostic => diagnostic.Location.GetLineSpan().ToString()),
            Is.EqualTo(new[] { "messages.ipmpsc-schema: (0,0)-(0,9)", "messages.ipmpsc-schema: (3,0)-(3,10)" }));
    }

    [Test]
    public void TextIsTheOneThatTheGeneratorWrites(
        [Values(Sources.FixedSize, Sources.VariableSize, Sources.NestedAndKeywords)] string source)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source));
        string generated = string.Concat(outcome.Files
            .Select(file => Regex.Match(file.SourceText.ToString(), "Schema = @\"([^\"]*)\"").Groups[1].Value));

        Assert.That(
            AnalyzerHarness.Analyze(outcome.Output, new BaselineFile(generated)).Select(found => found.Id),
            Has.None.Matches<string>(id => id.StartsWith("IPM002", StringComparison.Ordinal) && id != "IPM0020"));
        Assert.That(
            AnalyzerHarness.Analyze(outcome.Output, new BaselineFile("")).Select(found => found.Id),
            Has.Some.EqualTo("IPM0028"));
    }

    private static TestCaseData Change(string text, string source) =>
        new TestCaseData(text, source).SetArgDisplayNames(text);
}
