using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static IpMpsc.Generators.ChannelMessageGenerator;

namespace IpMpsc.Generators.Tests;

/// <summary>Typing in an editor must not run the generator again for what did not change.</summary>
public sealed class IncrementalityTests
{
    private static object[] NotRun => [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    [Test]
    public void UnrelatedEditRunsNothingAgain()
    {
        GeneratorRunResult result = RunAgainAfter(compilation => compilation.AddSyntaxTrees(
            Parse("class Unrelated { }", "Unrelated.cs", compilation.SyntaxTrees.Single())));

        Assert.That(Reasons(result, TrackingNames.Messages), Has.Exactly(2).Items.And.All.AnyOf(NotRun));
        Assert.That(Reasons(result, TrackingNames.ExtensionProperties), Is.All.AnyOf(NotRun));
        Assert.That(
            Reasons(result.TrackedOutputSteps.Values.SelectMany(runs => runs)),
            Has.Exactly(2).Items.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void EditOfOneMessageLeavesTheOtherCached()
    {
        GeneratorRunResult result = RunAgainAfter(compilation =>
        {
            SyntaxTree tree = compilation.SyntaxTrees.Single();
            string text = tree.ToString().Replace("double Bid", "float Bid");
            return compilation.ReplaceSyntaxTree(tree, Parse(text, tree.FilePath, tree));
        });

        Assert.That(
            Reasons(result, TrackingNames.Messages),
            Is.EquivalentTo(new object[] { IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached }));
    }

    private static GeneratorRunResult RunAgainAfter(Func<Compilation, Compilation> edit)
    {
        Compilation compilation = GeneratorHarness.Compile(Sources.FixedSize + Sources.VariableSize);
        return GeneratorHarness.CreateDriver(compilation)
            .RunGenerators(compilation)
            .RunGenerators(edit(compilation))
            .GetRunResult().Results.Single();
    }

    private static SyntaxTree Parse(string text, string path, SyntaxTree like) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)like.Options, path);

    private static IEnumerable<object> Reasons(GeneratorRunResult result, string step) =>
        Reasons(result.TrackedSteps[step]);

    private static IEnumerable<object> Reasons(IEnumerable<IncrementalGeneratorRunStep> runs) =>
        runs.SelectMany(run => run.Outputs).Select(output => (object)output.Reason);
}
