using IpMpsc.Generators.Tests.Messages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>Properties of every form are sent, except for those without storage of their own.</summary>
public sealed class PropertyTests
{
    private const string Partial = """
        using System; using IpMpsc;
        [ChannelMessage(Id = 7, Version = 2)] public partial struct M
        {
            public long Ticks;
            [Utf16, Since(2)] public partial string Text { get; set; }
            public partial string Text { get => field; set => field = value.Trim(); }
            [Since(2)] public required partial int Count { get; init; }
            public required partial int Count { get => field; init => field = value; }
            public required DateTime Time { get => new(Ticks); set => Ticks = value.Ticks; }
        }
        public static class Use { public static string Of(M.View view) => view.GetTextString() + view.Count + view.Ticks; }
        """;

    /// <summary>The setters of both required properties refuse the default value, so reading must not call them.</summary>
    [Test]
    public void ReadingSetsTheStorageOfRequiredProperties()
    {
        Titled sent = new() { Author = "Lem", Pages = 202, Title = "Solaris", Printed = new DateTime(1961, 1, 1) };

        Titled read = Wire.Read<Titled>(Wire.Write(sent));

        Assert.That((read.Author, read.Pages, read.Title, read.Printed), Is.EqualTo((sent.Author, sent.Pages, sent.Title, sent.Printed)));
        Assert.That(Wire.Schema<Titled>().Text, Does.Not.Contain("Printed").And.Contain("Ticks i64").And.Contain("_title utf8"));
    }

    [Test]
    public void RequiredPropertyOfAPositionalRecord()
    {
        Stamped sent = new(default, TimeSpan.FromSeconds(3)) { Ticks = 77 };

        Assert.That(Wire.Read<Stamped>(Wire.Write(sent)), Is.EqualTo(sent));
        Assert.That(sent.At.Ticks, Is.EqualTo(77));
    }

    [Test]
    public void PartialPropertyWithStorageIsSent()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(Partial));

        Assert.That(outcome.Files, Has.Exactly(1).Items);
        Assert.That(outcome.Complaints, Is.Empty);
        Assert.That(AnalyzerHarness.Analyze(Partial), Is.Empty);
        ISymbol message = outcome.Output.GetSymbolsWithName("M", SymbolFilter.Type).Single();
        Assert.That(
            message.GetAttributes().Single(attribute => attribute.AttributeClass!.Name == "MessageLayoutAttribute").ConstructorArguments[4].Value,
            Is.EqualTo("""
                message M id 7 version 2 size 24
                  Ticks i64 @0
                  Text utf16 @8 since 2
                  Count i32 @16 since 2

                """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void RequiredPropertyWithoutStorageIsReportedAndCompiles([Values(LanguageVersion.CSharp13, GeneratorHarness.CSharp14)] LanguageVersion language)
    {
        const string Source = """
            [IpMpsc.ChannelMessage] public partial struct M
            {
                public string Text;
                public required int Nothing { get => 1; set { } }
            }
            """;

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Source, language)).Complaints, Is.Empty);
        Assert.That(AnalyzerHarness.Analyze(Source).Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { "IPM0023" }));
    }
}
