using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Tests;

/// <summary>Declarations that cannot be protocols: each mistake is an error at its place, and nothing is generated.</summary>
public sealed class ProtocolRuleTests
{
    private const string Messages = """
        using IpMpsc;

        [ChannelMessage(Id = 1)] partial struct A { public int X; }
        [ChannelMessage(Id = 1)] partial struct B { public int X; }
        struct S { }

        """;

    [TestCase("IPM0001", "'P' must be declared partial", "[ChannelProtocol(typeof(A))] class P { }")]
    [TestCase("IPM0009", "local to its file", "[ChannelProtocol(typeof(A))] file partial class P { }")]
    [TestCase("IPM0013", "type parameters", "[ChannelProtocol(typeof(A))] partial class P<T> { }")]
    [TestCase("IPM0014", "Protocol 'P' lists no message at all", "[ChannelProtocol] partial class P { }")]
    [TestCase("IPM0014", "'A': it is listed twice", "[ChannelProtocol(typeof(A), typeof(A))] partial class P { }")]
    [TestCase("IPM0014", "'String': it is not a struct", "[ChannelProtocol(typeof(string))] partial class P { }")]
    [TestCase("IPM0014", "'S': it is not marked", "[ChannelProtocol(typeof(S))] partial class P { }")]
    [TestCase(
        "IPM0014", "'M': it, or a type around it, is private",
        "[ChannelProtocol(typeof(M))] partial class P { [ChannelMessage] private partial struct M { public int X; } }")]
    [TestCase("IPM0015", "'A' and 'B' have the same id 1", "[ChannelProtocol(typeof(A), typeof(B))] partial class P { }")]
    public void MistakeIsAnErrorAndNothingIsGenerated(string id, string text, string source)
    {
        source = Messages + source;

        ImmutableArray<Diagnostic> diagnostics =
            [.. AnalyzerHarness.Analyze(source).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { id }));
        Assert.That(diagnostics[0].GetMessage(), Does.Contain(text));
        TextSpan span = diagnostics[0].Location.SourceSpan;
        Assert.That(source.Substring(span.Start, span.Length), Is.EqualTo("P"));
        Assert.That(
            GeneratorHarness.Run(GeneratorHarness.Compile(source)).Files.Select(file => file.HintName),
            Has.None.EqualTo("P.g.cs"));
    }

    [Test]
    public void MarkingBothDeclarationsLeavesTheCompilersErrorAlone()
    {
        const string Source = Messages + """
            [ChannelProtocol(typeof(A))] partial class P { }
            [ChannelProtocol(typeof(B))] partial class P { }
            """;

        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(Source));

        Assert.That(outcome.Complaints, Has.Exactly(1).Items.And.All.Contain("CS0579"));
    }

    [Test]
    public void ForgottenHandlerMethodDoesNotCompile()
    {
        const string Source = Messages + """
            [ChannelProtocol(typeof(A))] partial class P { }
            class Handler : P.IHandler { }
            """;

        Assert.That(
            GeneratorHarness.Run(GeneratorHarness.Compile(Source)).Complaints,
            Has.Exactly(1).Items.And.All.Contain("CS0535"));
    }
}
