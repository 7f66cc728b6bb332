using System.Collections.Immutable;
using IpMpsc.Generators.Diagnostics.Messages;
using IpMpsc.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Messages that can be generated, but are probably not what their author meant.</summary>
public sealed class DeclarationAdviceTests
{
    private static IEnumerable<TestCaseData> Mistakes =>
    [
        Case(
            "'M' has 24 bytes, 8 more than in the order B, A, C",
            "[ChannelMessage] partial struct {|IPM0020:M|} { public byte A; public long B; public byte C; }"),
        Case(
            "'M' has 48 bytes, 16 more than in the order D, A, B, C",
            "[ChannelMessage] partial struct {|IPM0020:M|} { public int A; public Int128 D; public string B; public Half C; }"),
        Case(
            "'B' has the id 7 of 'A'; give it an id of its own, or remove the id to derive one from the name",
            "[ChannelMessage(Id = 7)] partial struct {|IPM0022:B|} { } [ChannelMessage(Id = 7)] partial struct A { }"),
        Case(
            "'Count' can be set but is not sent with 'M', because it is static",
            "[ChannelMessage] partial struct M { public int A; public static int {|IPM0023:Count|}; }"),
        Case(
            "'Count' can be set but is not sent with 'M', because it is static",
            "[ChannelMessage] partial struct M { public int A; public static int {|IPM0023:Count|} { get; set; } }"),
        Case(
            "'B' can be set but is not sent with 'M', because it is computed and keeps its value in no field",
            "[ChannelMessage] partial struct M { public int A; public int {|IPM0023:B|} { get => 1; set { } } }"),
    ];

    private static IEnumerable<TestCaseData> GoodCode =>
    [
        Good("[ChannelMessage] partial struct M { public long B; public byte A; public byte C; }"),
        Good("[ChannelMessage] partial struct M { public byte A; public byte B; public short C; public int D; }"),
        Good("[ChannelMessage] partial struct M { }"),
        Good("[ChannelMessage] partial struct M { public byte A; public long B; }"),
        Good("[ChannelMessage(Id = 7)] partial struct A { } [ChannelMessage(Id = 8)] partial struct B { }"),
        Good("[ChannelMessage] partial struct A { } [ChannelMessage] partial struct B { }"),
        Good("[ChannelMessage] partial struct M { public int A; public static readonly int B; public const int C = 1; }"),
        Good("[ChannelMessage] partial struct M { public int A; public static int B => 1; public int C => A; }"),
        Good("""
            [ChannelMessage] partial struct M
            {
                public long Ticks;
                public DateTime Time { get => new(Ticks); set => Ticks = value.Ticks; }
            }
            """),
        Good("static class NoMessage { public static int Count; public static int B { get => 1; set { } } }"),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void MistakeIsFound(string text, string source)
    {
        ImmutableArray<Diagnostic> found = AnalyzerHarness.Verify("using System; using IpMpsc;\n" + source);

        Assert.That(found.Select(diagnostic => diagnostic.GetMessage()), Is.EqualTo(new[] { text }));
    }

    [TestCaseSource(nameof(GoodCode))]
    public void GoodCodeIsLeftAlone(string source) => AnalyzerHarness.Verify("using System; using IpMpsc;\n" + source);

    /// <summary>What IPM0017 says to write instead compiles, for a message that lies in memory as in the ring and one that does not.</summary>
    [TestCase("public int A;", "")]
    [TestCase("public string A;", "using var claim = sender.Claim(new M.Sizes { A = 1 }); new M.Writer(claim.Payload).A[0] = 65; claim.Commit();")]
    public void AdviceForAPrivateMessageCanBeFollowed(string field, string claim)
    {
        Diagnostic advice = AnalyzerHarness.Verify($$"""
            using IpMpsc;
            partial class Holder
            {
                [ChannelMessage] private partial struct {|IPM0017:M|} { {{field}} }

                private static void Run(Sender<M> sender, Receiver<M> receiver)
                {
                    {{claim}}
                    using var message = receiver.ReceiveInPlace();
                    _ = new M.View(message.Payload, message.SchemaVersion).A;
                }
            }
            """).Single();

        Assert.That(advice.GetMessage(), Does.EndWith("make it internal, or write 'new M.View(message.Payload, message.SchemaVersion)'"));
    }

    // Runs only the rule: generating code for a message of that size takes longer than all other tests.
    [TestCase("", ExpectedResult = new string[0])]
    [TestCase(
        "public byte One;",
        ExpectedResult = new[]
        {
            "'Large' takes 1,048,576 bytes, but a channel of the default capacity holds messages of up to 1,048,560; "
            + "set IpcChannelOptions.Capacity to 2,097,152 or more, or send the bulk as ReadOnlyMemory<byte>",
        })]
    public string[] LargeMessage(string oneMoreField)
    {
        const string Sixteen = "A, B, C, D, E, F, G, H, I, J, K, L, M, N, O";
        Compilation compilation = GeneratorHarness.Compile($$"""
            using System; using IpMpsc;
            [ChannelMessage] partial struct Bytes256 { public Int128 {{Sixteen}}, P; }
            [ChannelMessage] partial struct Bytes4K { public Bytes256 {{Sixteen}}, P; }
            [ChannelMessage] partial struct Bytes64K { public Bytes4K {{Sixteen}}, P; }
            [ChannelMessage] partial struct Large
            {
                public Bytes64K {{Sixteen}}; public Bytes4K A1, B1, C1, D1, E1, F1, G1, H1, I1, J1, K1, L1, M1, N1, O1;
                public Bytes256 A2, B2, C2, D2, E2, F2, G2, H2, I2, J2, K2, L2, M2, N2, O2;
                public Int128 A3, B3, C3, D3, E3, F3, G3, H3, I3, J3, K3, L3, M3, N3, O3;
                {{oneMoreField}}
            }
            """);

        IEnumerable<Diagnostic> found = new LargeMessage().Check(new MessageDeclaration(compilation.GetTypeByMetadataName("Large")!, compilation));
        return [.. found.Select(diagnostic => diagnostic.GetMessage())];
    }

    private static TestCaseData Case(string text, string source) =>
        new TestCaseData(text, source).SetArgDisplayNames(text);

    private static TestCaseData Good(string source) =>
        new TestCaseData(source).SetArgDisplayNames(source[^Math.Min(source.Length, 90)..]);
}
