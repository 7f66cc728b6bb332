using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace IpMpsc.Generators.Tests;

/// <summary>Declarations that cannot be messages: each mistake is an error at its place, and the compiler has nothing to add.</summary>
public sealed class MessageRuleTests
{
    private const string Usings = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;
        using IpMpsc;

        """;

    private static IEnumerable<TestCaseData> Mistakes =>
    [
        Mistake("IPM0001", "'M'", "[ChannelMessage] struct M { public int A; }"),
        Mistake("IPM0001", "'C'", "class C { [ChannelMessage] internal partial struct M { public int A; } }"),
        Mistake("IPM0002", "ref struct", "[ChannelMessage] ref partial struct M { public int A; }"),
        Mistake("IPM0003", "type parameters", "[ChannelMessage] partial struct M<T> { public int A; }"),
        Mistake(
            "IPM0003", "'C'",
            "partial class C<T> { [ChannelMessage] internal partial struct M { public int A; } }"),
        Mistake("IPM0004", "'A' of type 'nint'", "[ChannelMessage] partial struct M { public nint A; }"),
        Mistake("IPM0004", "ulong", "[ChannelMessage] partial struct M { public nuint A; }"),
        Mistake("IPM0004", "list them with [ChannelProtocol]", "[ChannelMessage] partial struct M { public object[] A; }"),
        Mistake("IPM0004", "one dimension", "[ChannelMessage] partial struct M { public int[,] A; }"),
        Mistake("IPM0004", "ReadOnlyMemory<byte>", "[ChannelMessage] partial struct M { public Memory<byte> A; }"),
        Mistake("IPM0004", "is for strings", "[ChannelMessage] partial struct M { [Utf16] public byte[] A; }"),
        Mistake("IPM0004", "contain itself", "[ChannelMessage] partial struct M { public string A; public M[] B; }"),
        Mistake("IPM0004", "list them with [ChannelProtocol]", "[ChannelMessage] partial struct M { public object A; }"),
        Mistake("IPM0004", "subscribers", "[ChannelMessage] partial struct M { public event Action A; }"),
        Mistake(
            "IPM0004", "implements an interface explicitly",
            "interface I { int A { get; set; } } [ChannelMessage] partial struct M : I { int I.A { get; set; } }"),
        Mistake(
            "IPM0004", "[InlineArray]",
            "[ChannelMessage] unsafe partial struct M { public fixed byte A[4]; public string B; }"),
        Mistake("IPM0004", "an address has no meaning", "[ChannelMessage] unsafe partial struct M { public byte* A; }"),
        Mistake(
            "IPM0004", "mark the struct",
            "struct S { public int B; } [ChannelMessage] partial struct M { public S A; }"),
        Mistake(
            "IPM0004", "up to 1 MiB",
            "[InlineArray(1048577)] struct S { byte _first; } [ChannelMessage] partial struct M { public S A; }"),
        Mistake(
            "IPM0004", "'R' of type 'S' cannot be sent: the fixed part of a message has at most 16 MiB; send the bulk as an array",
            "[InlineArray(1048576)] struct S { byte _first; } [ChannelMessage] partial struct M { public S A, B, C, D, E, F, G, H, I, J, K, L, N, O, P, Q, R, T; }"),
        Mistake(
            "IPM0004", "an inline array holds",
            "[InlineArray(4)] struct S { string _first; } [ChannelMessage] partial struct M { public S A; }"),
        Mistake(
            "IPM0005", "not sequential",
            "[ChannelMessage, StructLayout(LayoutKind.Auto)] partial struct M { public int A; }"),
        Mistake(
            "IPM0005", "not sequential",
            "[ChannelMessage, StructLayout((short)3)] partial struct M { public int A; }"),
        Mistake(
            "IPM0005", "a Pack of its own",
            "[ChannelMessage, StructLayout(LayoutKind.Sequential, Pack = 1)] partial struct M { public int A; }"),
        Mistake("IPM0005", "inline array", "[ChannelMessage, InlineArray(4)] partial struct M { public int A; }"),
        Mistake(
            "IPM0006", "several partial declarations",
            "[ChannelMessage] partial struct M { public int A; } partial struct M { public int B; }"),
        Mistake("IPM0007", "'View'", "[ChannelMessage] partial struct M { public string A; public int View; }"),
        Mistake("IPM0007", "'Sizes'", "[ChannelMessage] partial struct M { public string A; void Sizes() { } }"),
        Mistake("IPM0007", "'Writer'", "[ChannelMessage] partial struct Writer { public string A; }"),
        Mistake("IPM0007", "'_payload'", "[ChannelMessage] partial struct M { public string A; public int _payload; }"),
        Mistake(
            "IPM0007", "'GetAString'",
            "[ChannelMessage] partial struct M { public string A; public int GetAString; }"),
        Mistake("IPM0007", "'Tuple_bc4d4ca5'", "[ChannelMessage] partial struct M { public (int, string) A; private void Tuple_bc4d4ca5() { } }"),
        Mistake("IPM0007", "'MessageId'", "[ChannelMessage] partial struct M { public string A; public static ushort MessageId => 12; }"),
        Mistake("IPM0007", "'FixedSize'", "[ChannelMessage] partial struct M { public int A; public static int FixedSize => 12; }"),
        Mistake("IPM0007", "'Measure'", "[ChannelMessage] partial struct M { public string A; public static int Measure(in M message) => 12; }"),
        Mistake("IPM0007", "'Write'", "[ChannelMessage] partial struct M { public string A; public static void Write(in M message, Span<byte> payload) { } }"),
        Mistake("IPM0007", "'Read'", "[ChannelMessage] partial struct M { public int A; public static M Read(ReadOnlySpan<byte> payload, ushort version) => default; }"),
        Mistake("IPM0007", "'Check'", "[ChannelMessage] partial struct M { public int A; public static void Check() { } }"),
        Mistake("IPM0008", "'B'", "[ChannelMessage] partial struct M { public string A; public readonly int B; }"),
        Mistake("IPM0008", "'B'", "[ChannelMessage] partial struct M { public string A; public int B { get; } }"),
        Mistake("IPM0009", "local to its file", "[ChannelMessage] file partial struct M { public int A; }"),
        Mistake("IPM0010", "hidden fields", "[ChannelMessage] partial struct M(int a) { public int A => a; }"),
        Mistake(
            "IPM0011", "raise Version",
            "[ChannelMessage] partial struct M { public int A; [Since(2)] public int B; }"),
        Mistake(
            "IPM0011", "must stand before the fields that are new in version 2",
            "[ChannelMessage(Version = 2)] partial struct M { [Since(2)] public int A; public int B; }"),
        Mistake(
            "IPM0011", "are not marked",
            "[ChannelMessage(Version = 2)] partial struct M { [Since(1)] public int A; }"),
        Mistake("IPM0012", "'not a name'", "[ChannelMessage(Name = \"not a name\")] partial struct M { public int A; }"),
        Mistake(
            "IPM0007", "a member 'GetNameString', as 'name' has one",
            "[ChannelMessage] partial struct M { public string name; public string Name; }"),
        Mistake(
            "IPM0007", "a member 'HasData', as 'data' has one",
            "#nullable enable\n[ChannelMessage] partial struct M { public byte[]? data; public byte[]? Data; }"),
        Mistake(
            "IPM0007", "a member 'HasText', as 'Text' has one",
            "#nullable enable\n[ChannelMessage] partial struct M { public string? Text; public bool HasText; }"),
        Mistake("IPM0007", "'View'", "[ChannelMessage] partial struct View { public int A; }"),
        Mistake("IPM0007", "'View'", "[ChannelMessage] partial struct M { public int A; public enum View { } }"),
        Mistake(
            "IPM0007", "a member 'SetThere', as 'there' has one",
            "[ChannelMessage] partial struct M { public DateTimeOffset there, There; }"),
        Mistake(
            "IPM0007", "a member 'GetLinkUri', as 'Link' has one",
            "[ChannelMessage] partial struct M { public Uri Link; public int GetLinkUri; }"),
        Mistake("IPM0012", "version 0", "[ChannelMessage(Version = 0)] partial struct M { public int A; }"),
    ];

    [TestCaseSource(nameof(Mistakes))]
    public void MistakeIsTheOnlyError(string source, string id, string text)
    {
        source = Usings + source;

        ImmutableArray<Diagnostic> diagnostics = AnalyzerHarness.Analyze(source);

        Assert.That(diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { id }));
        Assert.That(diagnostics[0].Severity, Is.EqualTo(DiagnosticSeverity.Error));
        Assert.That(diagnostics[0].GetMessage(), Does.Contain(text));
        TextSpan span = diagnostics[0].Location.SourceSpan;
        Assert.That(diagnostics[0].GetMessage(), Does.Contain($"'{source.Substring(span.Start, span.Length)}'"));
        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(source)).Complaints.Where(complaint => !complaint.Contains("CS0227")), Is.Empty);
    }

    /// <summary>A field may have each name that generated code has anywhere, or it is told that it may not.</summary>
    [Test]
    public void FieldWithTheNameOfAnythingGeneratedCompilesOrIsRefused()
    {
        const string Sample = """
            #nullable enable
            [IpMpsc.ChannelMessage(Version = 2)] public partial struct Some
            {
                public string? Text; public int[] Numbers; public System.DateTimeOffset Time; public (int, string) Pair; [IpMpsc.Since(2)] public int Added;
            }
            """;
        string[] names =
        [
            .. GeneratorHarness.Run(GeneratorHarness.Compile(Sample)).Output.GetTypeByMetadataName("Some")!.GetTypeMembers()
                .SelectMany(nested => nested.GetMembers().Concat(nested.GetTypeMembers().SelectMany(inner => inner.GetMembers())))
                .Select(member => member.Name)
                .Where(name => SyntaxFacts.IsValidIdentifier(name) && !name.Contains('_'))
                .Distinct(),
            "_payload", "_block", "_message", "_version",
        ];
        Assert.That(names, Has.Some.EqualTo("Traits").And.Some.EqualTo("Write").And.Some.EqualTo("HasText"));
        string source = "#nullable enable\nusing System; using IpMpsc;\n" + string.Concat(names.Select((name, index) => $$"""
            namespace N{{index}}
            {
                [ChannelMessage] public partial struct Image { public int {{name}}; }
                [ChannelMessage] public partial struct Block { public DateTimeOffset Other; public int {{name}}; }
                [ChannelMessage(Version = 2)] public partial struct Variable { public string? Other; public string? {{name}}; [Since(2)] public int More; }
                [ChannelMessage] public partial struct Times { public string Other; public DateTimeOffset {{name}}; }
                [ChannelProtocol(typeof(Image), typeof(Block), typeof(Variable), typeof(Times))] public static partial class Market;
            }

            """));

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(source)).Complaints, Is.Empty);
    }

    [Test]
    public void NamesAreReservedOnlyWhereTheyAreGenerated()
    {
        const string Source = """
            [IpMpsc.ChannelMessage] partial struct FixedBlock
            {
                public readonly int Sizes, Writer;
                public static string MessageId => "";
                private static int Measure(in FixedBlock message) => 1;
                public static FixedBlock Read(System.ReadOnlySpan<byte> payload) => default;
                public readonly int IsImage() => 1;
            }
            """;

        Assert.That(AnalyzerHarness.Analyze(Source), Is.Empty);
    }

    [Test]
    public void OlderLanguageIsAnError()
    {
        const string Source = "[IpMpsc.ChannelMessage] partial struct M { public int A; } class User { IpMpsc.Sender<M> _sender; }";

        Assert.That(
            AnalyzerHarness.Analyze(GeneratorHarness.Compile(Source, LanguageVersion.CSharp12)).Select(diagnostic => diagnostic.GetMessage()),
            Is.EqualTo(new[]
            {
                "'M' is compiled as C# 12.0, but its generated code needs C# 13 or later; "
                    + "remove LangVersion from the project, or set it to 13 or more",
            }));
        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Source, LanguageVersion.CSharp12)).Complaints, Is.Empty);
    }

    [Test]
    public void SourcesOfTheOtherTestsHaveNoMistakes(
        [Values(
            Sources.FixedSize, Sources.VariableSize, Sources.NestedAndKeywords,
            Sources.Clashes, Sources.Places, Sources.Pedantic)]
        string source) =>
        Assert.That(
            AnalyzerHarness.Analyze(source).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Info),
            Is.Empty);

    [Test]
    public void StructThatContainsItselfHasTheCompilersError()
    {
        const string Source = "[IpMpsc.ChannelMessage] partial struct M { public M A; }";

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Source)).Complaints, Has.Exactly(1).Items.And.All.Contain("CS0523"));
    }

    [Test]
    public void MarkingBothDeclarationsLeavesTheCompilersErrorAlone()
    {
        const string Source = """
            [IpMpsc.ChannelMessage] partial struct M { public int A; }
            [IpMpsc.ChannelMessage] partial struct M { }
            """;

        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(Source));

        Assert.That(outcome.Complaints, Has.Exactly(1).Items.And.All.Contain("CS0579"));
    }

    private static TestCaseData Mistake(string id, string text, string source) =>
        new TestCaseData(source, id, text).SetArgDisplayNames(id, source.Replace("[ChannelMessage] ", ""));
}
