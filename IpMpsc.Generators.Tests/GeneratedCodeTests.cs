using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>The generated text, and that no setting of a consumer causes warnings about it.</summary>
public sealed class GeneratedCodeTests
{
    private static IEnumerable<TestCaseData> Programs =>
        from source in new (string Name, string Text)[]
        {
            (nameof(Sources.FixedSize), Sources.FixedSize),
            (nameof(Sources.VariableSize), Sources.VariableSize),
            (nameof(Sources.NestedAndKeywords), Sources.NestedAndKeywords),
            (nameof(Sources.VariableFields), Sources.VariableFields),
            (nameof(Sources.NullableFields), Sources.NullableFields),
            (nameof(Sources.Evolved), Sources.Evolved),
            (nameof(Sources.Protocol), Sources.Protocol),
            (nameof(Sources.Protocols), Sources.Protocols),
            (nameof(Sources.Clashes), Sources.Clashes),
            (nameof(Sources.Places), Sources.Places),
            (nameof(Sources.Cases), Sources.Cases),
            (nameof(Sources.Underscores), Sources.Underscores),
            (nameof(Sources.Pedantic), Sources.Pedantic),
            (nameof(Sources.Discouraged), Sources.Discouraged),
            (nameof(Sources.Mixed), Sources.Mixed),
        }
        from language in new[] { LanguageVersion.CSharp13, GeneratorHarness.CSharp14 }
        from nullable in new[] { NullableContextOptions.Enable, NullableContextOptions.Disable }
        select new TestCaseData(source.Text, language, nullable)
            .SetArgDisplayNames(source.Name, language.ToString(), $"nullable {nullable}");

    [Test]
    public void FixedSize() => VerifyFiles(Sources.FixedSize, GeneratorHarness.CSharp14);

    [Test]
    public void VariableSize() => VerifyFiles(Sources.VariableSize, GeneratorHarness.CSharp14);

    [Test]
    public void NestedAndKeywords() => VerifyFiles(Sources.NestedAndKeywords, GeneratorHarness.CSharp14);

    [Test]
    public void VariableFields() => VerifyFiles(Sources.VariableFields, GeneratorHarness.CSharp14);

    [Test]
    public void NullableFields() => VerifyFiles(Sources.NullableFields, GeneratorHarness.CSharp14);

    [Test]
    public void Evolved() => VerifyFiles(Sources.Evolved, GeneratorHarness.CSharp14);

    [Test]
    public void Protocol() => VerifyFiles(Sources.Protocol, GeneratorHarness.CSharp14);

    [Test]
    public void FixedSizeBeforeCSharp14() => VerifyFiles(Sources.FixedSize, LanguageVersion.CSharp13);

    [Test]
    public void VariableSizeBeforeCSharp14() => VerifyFiles(Sources.VariableSize, LanguageVersion.CSharp13);

    [TestCaseSource(nameof(Programs))]
    public void CompilesWithoutWarnings(string source, LanguageVersion language, NullableContextOptions nullable)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source, language, nullable));

        Assert.That(outcome.Files, Is.Not.Empty);
        Assert.That(outcome.Complaints, Is.Empty);
    }

    /// <summary>Only classes that would have the same name get a number, so that the others keep their names.</summary>
    [Test]
    public void ClassesOfTheSameNameAreNumbered()
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(Sources.Underscores));

        Assert.That(
            outcome.Output.GetSymbolsWithName(name => name.Contains("_ChannelAccess"), SymbolFilter.Type).Select(type => $"{type}"),
            Is.EquivalentTo(new[]
            {
                "Demo.Outer_Inner_ChannelAccess",
                "Demo.Outer_Inner_Most_ChannelAccess0",
                "Demo.Outer_Inner_Most_ChannelAccess1",
                "Demo.Outer_Inner_Most_ChannelAccess2",
                "Demo.Outer_Inner__Most_ChannelAccess",
                "Outer_Inner_ChannelAccess",
            }));
    }

    [Test]
    public void ExtensionPropertiesFromCSharp14On() =>
        AssertCompiles(Sources.UseOfProperties, GeneratorHarness.CSharp14);

    [Test]
    public void ExtensionMethodsBeforeCSharp14() => AssertCompiles(Sources.UseOfMethods, LanguageVersion.CSharp13);

    private static void AssertCompiles(string source, LanguageVersion language) =>
        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(source, language)).Complaints, Is.Empty);

    private static void VerifyFiles(string source, LanguageVersion language)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source, language));
        Assert.That(outcome.Files, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (GeneratedSourceResult file in outcome.Files)
            {
                Snapshot.Verify(file.SourceText.ToString(), Path.GetFileNameWithoutExtension(file.HintName));
            }
        });
    }
}
