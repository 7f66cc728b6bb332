using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>The generated text itself, and that no setting of a consumer brings warnings about it.</summary>
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
            (nameof(Sources.Pedantic), Sources.Pedantic),
        }
        from language in new[] { LanguageVersion.CSharp12, LanguageVersion.CSharp13, GeneratorHarness.CSharp14 }
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
    public void VariableSizeBeforeCSharp14() => VerifyFiles(Sources.VariableSize, LanguageVersion.CSharp12);

    [TestCaseSource(nameof(Programs))]
    public void CompilesWithoutWarnings(string source, LanguageVersion language, NullableContextOptions nullable)
    {
        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source, language, nullable));

        Assert.That(outcome.Files, Is.Not.Empty);
        Assert.That(outcome.Complaints, Is.Empty);
    }

    [Test]
    public void ExtensionPropertiesFromCSharp14On() =>
        AssertCompiles(Sources.UseOfProperties, GeneratorHarness.CSharp14);

    [Test]
    public void ExtensionMethodsBeforeCSharp14(
        [Values(LanguageVersion.CSharp12, LanguageVersion.CSharp13)] LanguageVersion language) =>
        AssertCompiles(Sources.UseOfMethods, language);

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
