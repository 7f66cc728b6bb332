using IpMpsc.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.Generators.Tests;

/// <summary>What the code fixes make of a source: the mistake is gone, everything else is as it was.</summary>
public sealed class CodeFixTests
{
    private const string Usings = "using System;\nusing IpMpsc;\n";

    private static IEnumerable<TestCaseData> Fixes =>
    [
        Fix<MakePartial>(
            "[ChannelMessage]\npublic struct M\n{\n    public int A;\n}\n",
            "[ChannelMessage]\npublic partial struct M\n{\n    public int A;\n}\n"),
        Fix<MakePartial>(
            "// No modifier\nstruct Outer\n{\n    [ChannelMessage]\n    internal struct M { public int A; }\n}\n",
            "// No modifier\npartial struct Outer\n{\n    [ChannelMessage]\n    internal partial struct M { public int A; }\n}\n"),
        Fix<MakePartial>(
            "public static class Outer\n{\n    [ChannelMessage] public record struct M(int A);\n}\n",
            "public static partial class Outer\n{\n    [ChannelMessage] public partial record struct M(int A);\n}\n"),
        Fix<ReorderFields>(
            """
            [ChannelMessage]
            partial struct M
            {
                /// <summary>First.</summary>
                public byte A;

                public const int Limit = 3;

                public long B; // the long one
                public byte C { get; set; }
            }
            """,
            """
            [ChannelMessage]
            partial struct M
            {
                public long B; // the long one

                public const int Limit = 3;

                /// <summary>First.</summary>
                public byte A;
                public byte C { get; set; }
            }
            """),
        Fix<DeclareWithUsing>(
            Method("var message = receiver.ReceiveInPlace();\n        double bid = message.View.Bid;"),
            Method("using var message = receiver.ReceiveInPlace();\n        double bid = message.View.Bid;")),
        Fix<DeclareWithUsing>(
            Method("// Why\n        Claim<Quote> claim = sender.Claim();\n        if (claim.Payload.Length > 1) { claim.Commit(); }"),
            Method("// Why\n        using Claim<Quote> claim = sender.Claim();\n        if (claim.Payload.Length > 1) { claim.Commit(); }")),
        Fix<AddCommit>(
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = 1;"),
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = 1;\n        claim.Commit();")),
        Fix<AddCommit>(
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = 1;\n        return;"),
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = 1;\n        claim.Commit();\n        return;")),
        Fix<AddCommit>(
            Method("using (var claim = sender.Claim()) { claim.Writer.Bid = 1; }"),
            Method("using (var claim = sender.Claim()) { claim.Writer.Bid = 1; claim.Commit(); }")),
        Fix<AddCommit>(
            Method("using (var claim = sender.Claim())\n        {\n            claim.Writer.Bid = 1;\n        }"),
            Method("using (var claim = sender.Claim())\n        {\n            claim.Writer.Bid = 1;\n            claim.Commit();\n        }")),
    ];

    private static IEnumerable<TestCaseData> Impossible =>
    [
        Fix<ReorderFields>("[ChannelMessage] partial struct M { public byte A, D; public long B; public byte C; }"),
        Fix<ReorderFields>("[ChannelMessage] partial record struct M(byte A, long B, byte C);"),
        Fix<DeclareWithUsing>(Method("double bid = receiver.ReceiveInPlace().View.Bid;")),
        Fix<DeclareWithUsing>(Method("if (receiver.TryReceiveInPlace(out var message)) { double bid = message.View.Bid; }")),
        Fix<AddCommit>(Method("var claim = sender.Claim(); claim.Dispose();")),
    ];

    [TestCaseSource(nameof(Fixes))]
    public void MistakeIsFixed(CodeFixProvider fix, string before, string after)
    {
        Assert.That(CodeFixHarness.Apply(fix, Usings + before)?.Source, Is.EqualTo(Usings + after));
        Assert.That(
            AnalyzerHarness.Analyze(Usings + after).Select(diagnostic => diagnostic.Id),
            Has.None.Matches<string>(fix.FixableDiagnosticIds.Contains));
    }

    [TestCaseSource(nameof(Impossible))]
    public void NothingIsOfferedWhereTheFixWouldBeWrong(CodeFixProvider fix, string source) =>
        Assert.That(CodeFixHarness.Apply(fix, Usings + source), Is.Null);

    [Test]
    public void EveryProviderFixesOnlyRulesThatExist()
    {
        HashSet<string> ids = [.. AnalyzerHarness.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id)];
        IEnumerable<CodeFixProvider> providers = typeof(MakePartial).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

        Assert.That(providers.SelectMany(provider => provider.FixableDiagnosticIds).Distinct(), Is.SubsetOf(ids).And.Not.Empty);
    }

    private static TestCaseData Fix<TFix>(params object[] sources) where TFix : CodeFixProvider, new() =>
        new TestCaseData([new TFix(), .. sources]).SetArgDisplayNames(typeof(TFix).Name, (string)sources[0]);

    private static string Method(string statements) => $$"""
        [ChannelMessage] public partial struct Quote { public double Bid; }
        static class Program
        {
            static void Run(Sender<Quote> sender, Receiver<Quote> receiver)
            {
                {{statements}}
            }
        }
        """;
}
