using IpMpsc.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;

namespace IpMpsc.Generators.Tests;

/// <summary>The code fixes, one by one and with Fix All: the mistake is gone, and everything else is unchanged.</summary>
public sealed class CodeFixTests
{
    private const string Usings = "using System;\nusing IpMpsc;\n";

    private static IEnumerable<TestCaseData> Fixes =>
    [
        Fix<MakePartial>(
            "[ChannelMessage]\npublic struct {|IPM0001:M|}\n{\n    public int A;\n}\n",
            "[ChannelMessage]\npublic partial struct M\n{\n    public int A;\n}\n"),
        Fix<MakePartial>(
            "// No modifier\nstruct {|IPM0001:Outer|}\n{\n    [ChannelMessage]\n    internal struct {|IPM0001:M|} { public int A; }\n}\n",
            "// No modifier\npartial struct Outer\n{\n    [ChannelMessage]\n    internal partial struct M { public int A; }\n}\n"),
        Fix<MakePartial>(
            "public static class {|IPM0001:Outer|}\n{\n    [ChannelMessage] public record struct {|IPM0001:M|}(int A);\n}\n",
            "public static partial class Outer\n{\n    [ChannelMessage] public partial record struct M(int A);\n}\n"),
        Fix<ReorderFields>(
            """
            [ChannelMessage]
            partial struct {|IPM0020:M|}
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
            Method("var message = {|IPM0032:receiver.ReceiveInPlace()|};\n        double bid = message.View.Bid;"),
            Method("using var message = receiver.ReceiveInPlace();\n        double bid = message.View.Bid;")),
        Fix<DeclareWithUsing>(
            Method("// Why\n        Claim<Quote> claim = {|IPM0030:sender.Claim()|};\n        if (claim.Payload.Length > 1) { claim.Commit(); }"),
            Method("// Why\n        using Claim<Quote> claim = sender.Claim();\n        if (claim.Payload.Length > 1) { claim.Commit(); }")),
        Fix<AddCommit>(
            Method("using var {|IPM0031:claim|} = sender.Claim();\n        claim.Writer.Bid = 1;"),
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = 1;\n        claim.Commit();")),
        Fix<AddCommit>(
            Method("using var {|IPM0031:claim|} = sender.Claim();\n        claim.Writer.Bid = 1;\n        return;"),
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = 1;\n        claim.Commit();\n        return;")),
        Fix<AddCommit>(
            Method("using (var {|IPM0031:claim|} = sender.Claim()) { claim.Writer.Bid = 1; }"),
            Method("using (var claim = sender.Claim()) { claim.Writer.Bid = 1; claim.Commit(); }")),
        Fix<AddCommit>(
            Method("using (var {|IPM0031:claim|} = sender.Claim())\n        {\n            claim.Writer.Bid = 1;\n        }"),
            Method("using (var claim = sender.Claim())\n        {\n            claim.Writer.Bid = 1;\n            claim.Commit();\n        }")),
        Fix<WrapInUsing>(
            Method("if ({|IPM0030:sender.TryClaim(out var claim)|})\n        {\n            claim.Writer.Bid = 1; // why\n        }"),
            Method("if (sender.TryClaim(out var {|IPM0031:claim|}))\n        {\n            using (claim)\n            {\n                claim.Writer.Bid = 1; // why\n            }\n        }")),
        Fix<WrapInUsing>(
            Method("while ({|IPM0032:receiver.TryReceiveInPlace(out var message)|})\n        {\n            double bid = message.View.Bid;\n        }"),
            Method("while (receiver.TryReceiveInPlace(out var message))\n        {\n            using (message)\n            {\n                double bid = message.View.Bid;\n            }\n        }")),
        Fix<WrapInUsing>(
            Method("if (!{|IPM0032:receiver.TryReceiveInPlace(out var message)|}) { return; }\n\n        double bid = message.View.Bid;\n        Console.WriteLine(bid);"),
            Method("if (!receiver.TryReceiveInPlace(out var message)) { return; }\n\n        using (message)\n        {\n            double bid = message.View.Bid;\n            Console.WriteLine(bid);\n        }")),
        Fix<DeclareWithUsing>(
            Method("var claim = {|IPM0039:sender.Claim()|};\n        claim.Writer.Bid = double.Parse(\"1\");\n        claim.Commit();"),
            Method("using var claim = sender.Claim();\n        claim.Writer.Bid = double.Parse(\"1\");\n        claim.Commit();")),
    ];

    /// <summary>Mistakes whose fixes change the same declaration, or the same file.</summary>
    private static IEnumerable<TestCaseData> Several =>
    [
        Fix<MakePartial>(
            "class {|IPM0001:{|IPM0001:Outer|}|}\n{\n    [ChannelMessage] internal struct {|IPM0001:M|} { public int A; }\n    [ChannelMessage] internal struct {|IPM0001:N|} { public int B; }\n}\n",
            "partial class Outer\n{\n    [ChannelMessage] internal partial struct M { public int A; }\n    [ChannelMessage] internal partial struct N { public int B; }\n}\n"),
        Fix<ReorderFields>(
            "[ChannelMessage] partial struct {|IPM0020:M|} { public byte A; public long B; public byte C; }\n"
                + "[ChannelMessage] partial struct {|IPM0020:N|} { public byte A; public long B; public byte C; }\n",
            "[ChannelMessage] partial struct M { public long B; public byte A; public byte C; }\n"
                + "[ChannelMessage] partial struct N { public long B; public byte A; public byte C; }\n"),
        Fix<DeclareWithUsing>(
            Method("var claim = {|IPM0030:sender.Claim()|};\n        if (claim.Payload.Length > 1) { claim.Commit(); }\n        var message = {|IPM0032:receiver.ReceiveInPlace()|};"),
            Method("using var claim = sender.Claim();\n        if (claim.Payload.Length > 1) { claim.Commit(); }\n        using var message = receiver.ReceiveInPlace();")),
        Fix<AddCommit>(
            Method("using (var {|IPM0031:claim|} = sender.Claim()) { claim.Writer.Bid = 1; }\n        using (var {|IPM0031:claim|} = sender.Claim()) { claim.Writer.Bid = 2; }"),
            Method("using (var claim = sender.Claim()) { claim.Writer.Bid = 1; claim.Commit(); }\n        using (var claim = sender.Claim()) { claim.Writer.Bid = 2; claim.Commit(); }")),
    ];

    /// <summary>No fix is offered where it would be wrong.</summary>
    private static IEnumerable<TestCaseData> Impossible =>
    [
        NoFix<ReorderFields>("[ChannelMessage] partial struct {|IPM0020:M|} { public byte A, D; public long B; public byte C; }"),
        NoFix<ReorderFields>("[ChannelMessage] partial record struct {|IPM0020:M|}(byte A, long B, byte C);"),
        NoFix<DeclareWithUsing>(Method("double bid = {|IPM0032:receiver.ReceiveInPlace()|}.View.Bid;")),
        NoFix<DeclareWithUsing>(Method("if ({|IPM0032:receiver.TryReceiveInPlace(out var message)|}) { double bid = message.View.Bid; }")),
        NoFix<AddCommit>(Method("var {|IPM0031:claim|} = sender.Claim(); claim.Dispose();")),
        NoFix<DeclareWithUsing>(Method("var claim = {|IPM0030:sender.Claim()|}; claim.Writer.Bid = 1; claim = {|IPM0030:sender.Claim()|};")),
        NoFix<DeclareWithUsing>(Method("Claim<Quote> claim; claim = {|IPM0030:sender.Claim()|}; claim.Writer.Bid = 1;")),
        NoFix<WrapInUsing>(Method("var claim = {|IPM0030:sender.Claim()|}; claim.Writer.Bid = 1;")),
        NoFix<WrapInUsing>(Method("bool claimed = {|IPM0030:sender.TryClaim(out _)|};")),
    ];

    [TestCaseSource(nameof(Fixes))]
    [TestCaseSource(nameof(Several))]
    [TestCaseSource(nameof(Impossible))]
    public Task FixGivesThisText(Func<Task> run) => run();

    [Test]
    public void EveryProviderFixesOnlyRulesThatExist()
    {
        HashSet<string> ids = [.. AnalyzerHarness.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id)];
        IEnumerable<CodeFixProvider> providers = typeof(MakePartial).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

        Assert.That(providers.SelectMany(provider => provider.FixableDiagnosticIds).Distinct(), Is.SubsetOf(ids).And.Not.Empty);
    }

    private static TestCaseData Fix<TFix>(string before, string after) where TFix : CodeFixProvider, new()
    {
        Func<Task> run = () => new CodeFixTest<TFix> { TestCode = Usings + before, FixedCode = Usings + after }.RunAsync();
        return new TestCaseData(run).SetArgDisplayNames(typeof(TFix).Name, before);
    }

    private static TestCaseData NoFix<TFix>(string source) where TFix : CodeFixProvider, new() => Fix<TFix>(source, source);

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
