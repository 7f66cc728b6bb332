using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Tests;

/// <summary>Declarations that cannot be protocols: each mistake is an error at its place, and the compiler has nothing to add.</summary>
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
    [TestCase(
        "IPM0014", "'Sender': the name finds the type that is generated into the protocol; write the message with its namespace",
        "[ChannelMessage] partial struct Sender { public int X; } [ChannelProtocol(typeof(Sender))] partial class P { }")]
    [TestCase("IPM0015", "'A' and 'B' have the same id 1", "[ChannelProtocol(typeof(A), typeof(B))] partial class P { }")]
    [TestCase(
        "IPM0044", "'x_A' in protocol 'P' is a name that its generated code gives to two messages",
        "namespace x { [ChannelMessage] partial struct A { } } [ChannelMessage] partial struct x_A { } [ChannelProtocol(typeof(A), typeof(x.A), typeof(x_A))] partial class P { }")]
    [TestCase(
        "IPM0044", "'value__' in protocol 'P' is a name that no member of its MessageKind can have",
        "[ChannelMessage] partial struct value__ { public int X; } [ChannelProtocol(typeof(value__))] partial class P { }")]
    public void MistakeIsTheOnlyError(string id, string text, string source)
    {
        source = Messages + source;

        ImmutableArray<Diagnostic> diagnostics =
            [.. AnalyzerHarness.Analyze(source).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];

        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { id }));
        Assert.That(diagnostics[0].GetMessage(), Does.Contain(text));
        TextSpan span = diagnostics[0].Location.SourceSpan;
        Assert.That(source.Substring(span.Start, span.Length), Is.EqualTo("P"));
        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(source)).Complaints, Is.Empty);
    }

    [TestCase("Sender", "[ChannelProtocol(typeof(A))] partial class {|IPM0044:Sender|} { }")]
    [TestCase("OpenReceiver", "[ChannelProtocol(typeof(A))] partial class {|IPM0044:OpenReceiver|} { }")]
    [TestCase("Message", "[ChannelProtocol(typeof(A))] partial class P { internal class {|IPM0044:Message|} { } }")]
    [TestCase("IHandler", "[ChannelProtocol(typeof(A))] partial class P { public static int {|IPM0044:IHandler|} { get; set; } }")]
    [TestCase("s_schema", "[ChannelProtocol(typeof(A))] partial class P { private static int {|IPM0044:s_schema|} = 1; }")]
    [TestCase("OpenSender", "[ChannelProtocol(typeof(A))] partial class P { internal const int {|IPM0044:OpenSender|} = 1; }")]
    [TestCase(
        "OpenSender", "[ChannelProtocol(typeof(A))] partial class P { internal static void {|IPM0044:OpenSender|}(string name, IpcChannelOptions? options) { } }")]
    public void NameThatIsTakenIsToldWhereItStands(string name, string source)
    {
        Diagnostic found = AnalyzerHarness.Verify("#nullable enable\n" + Messages.Replace("(Id = 1)] partial struct B", "(Id = 2)] partial struct B", StringComparison.Ordinal) + source).Single();

        Assert.That(found.GetMessage(), Does.StartWith($"'{name}' in protocol '").And.EndsWith("is a name that its generated code uses itself; choose another one"));
        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Markup.Parse(source).Source)).Files, Is.Empty);
    }

    [Test]
    public void OtherMembersOfAProtocolAreLeftAlone()
    {
        const string Source = """
            namespace Demo;
            using IpMpsc;
            [ChannelMessage] partial struct Sender { public int X; }
            [ChannelMessage] partial struct Message { public int X; }
            [ChannelProtocol(typeof(Demo.Sender), typeof(Demo.Message))] partial class P
            {
                public const string Name = "p";
                internal static Receiver OpenReceiver() => OpenReceiver(Name);
            }
            """;

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Source)).Complaints, Is.Empty);
        Assert.That(AnalyzerHarness.Analyze(Source).Where(found => found.Severity == DiagnosticSeverity.Error), Is.Empty);
    }

    /// <summary>A mistake of a message is told there, and its protocol has no error.</summary>
    [TestCase("[ChannelMessage] partial struct M { public string A; public int View; }", "IPM0007")]
    [TestCase("[ChannelMessage] partial struct M { public string A; public readonly int B; }", "IPM0008")]
    [TestCase("[ChannelMessage] partial struct M { public int A; [Since(2)] public int B; }", "IPM0011")]
    [TestCase("[ChannelMessage] struct M { public int A; }", "IPM0001")]
    public void MistakeOfAMessageIsToldOnce(string message, string id)
    {
        string source = $$"""
            using IpMpsc;
            {{message}}
            [ChannelMessage] partial struct Other { public string A; }
            [ChannelProtocol(typeof(M), typeof(Other))] partial class P;
            class User { public static void Send(P.Sender sender, P.Receiver receiver) => sender.Send(new Other()); }
            """;

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(source)).Complaints, Is.Empty);
        Assert.That(AnalyzerHarness.Analyze(source).Select(found => found.Id), Is.EquivalentTo(new[] { id }));
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
