using System.Reflection;
using System.Runtime.CompilerServices;
using IpMpsc.Generators.Models;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Typing in an editor must not make the generators run again for what did not change.</summary>
public sealed class IncrementalityTests
{
    private const string Messages = ChannelMessageGenerator.TrackingNames.Messages;
    private const string Style = ChannelMessageGenerator.TrackingNames.Style;
    private const string Protocols = ChannelProtocolGenerator.TrackingNames.Protocols;

    private static object[] NotRun => [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    [Test]
    public void UnrelatedEditRunsNothingAgain()
    {
        GeneratorDriverRunResult result = RunAgainAfter(compilation => compilation.AddSyntaxTrees(
            Parse("class Unrelated { }", "Unrelated.cs", compilation.SyntaxTrees.Single())));

        Assert.That(Reasons(result, Messages), Has.Exactly(3).Items.And.All.AnyOf(NotRun));
        Assert.That(Reasons(result, Style), Has.Exactly(1).Items.And.All.AnyOf(NotRun));
        Assert.That(Reasons(result, Protocols), Has.Exactly(1).Items.And.All.AnyOf(NotRun));
        Assert.That(Outputs(result), Has.Exactly(4).Items.And.All.EqualTo(IncrementalStepRunReason.Cached));
    }

    [Test]
    public void EditOfOneMessageLeavesTheOthersCached()
    {
        GeneratorDriverRunResult result = RunAgainAfter(compilation => Replace(compilation, "double Bid", "float Bid"));

        object[] reasons = [.. Reasons(result, Messages)];
        Assert.That(reasons, Has.Exactly(1).EqualTo(IncrementalStepRunReason.Modified));
        Assert.That(reasons, Has.Exactly(2).AnyOf(NotRun));
    }

    [Test]
    public void EditOfAFieldDoesNotTouchTheProtocol()
    {
        GeneratorDriverRunResult result = RunAgainAfter(compilation => Replace(compilation, "double Price", "float Price"));

        Assert.That(Reasons(result, Protocols), Has.Exactly(1).Items.And.All.AnyOf(NotRun));
    }

    [Test]
    public void EditOfAnIdChangesTheProtocol()
    {
        GeneratorDriverRunResult result = RunAgainAfter(compilation => Replace(compilation, "Id = 9", "Id = 10"));

        Assert.That(Reasons(result, Protocols), Has.Exactly(1).Items.And.All.EqualTo(IncrementalStepRunReason.Modified));
    }

    [Test]
    public void OldCompilationsAreNotKept()
    {
        GeneratorDriver driver = RunAndForget(out WeakReference first);

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(first.IsAlive, Is.False);
        GC.KeepAlive(driver);
    }

    [TestCase(typeof(MessageModel))]
    [TestCase(typeof(ProtocolModel))]
    public void ModelsReachNoSymbol(Type model)
    {
        HashSet<Type> reached = [];
        Collect(model, reached);

        Assert.That(
            reached.Where(type => type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true),
            Is.Empty);
        Assert.That(reached, Has.Count.GreaterThan(3));
    }

    /// <summary>The types of all fields, of their fields, and of their type arguments.</summary>
    private static void Collect(Type type, HashSet<Type> reached)
    {
        if (!reached.Add(type) || type.IsPrimitive || type == typeof(string))
        {
            return;
        }

        const BindingFlags AllFields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (Type next in type.GetFields(AllFields).Select(field => field.FieldType).Concat(type.GetGenericArguments()))
        {
            Collect(next.IsArray ? next.GetElementType()! : next, reached);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GeneratorDriver RunAndForget(out WeakReference first)
    {
        Compilation compilation = Compile();
        first = new WeakReference(compilation);
        GeneratorDriver driver = GeneratorHarness.CreateDriver(compilation).RunGenerators(compilation);
        return driver.RunGenerators(Replace(compilation, "double Bid", "float Bid"));
    }

    private static GeneratorDriverRunResult RunAgainAfter(Func<Compilation, Compilation> edit)
    {
        Compilation compilation = Compile();
        return GeneratorHarness.CreateDriver(compilation)
            .RunGenerators(compilation)
            .RunGenerators(edit(compilation))
            .GetRunResult();
    }

    private static Compilation Compile() => GeneratorHarness.Compile(Sources.FixedSize + """
        namespace Demo
        {
            [IpMpsc.ChannelMessage(Id = 9)] public partial struct Tick { public double Price; }
            [IpMpsc.ChannelMessage] public partial struct News { public string Text; }
            [IpMpsc.ChannelProtocol(typeof(Tick), typeof(News))] public partial class Market { }
        }
        """);

    private static Compilation Replace(Compilation compilation, string old, string replacement)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        return compilation.ReplaceSyntaxTree(tree, Parse(tree.ToString().Replace(old, replacement), tree.FilePath, tree));
    }

    private static SyntaxTree Parse(string text, string path, SyntaxTree like) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)like.Options, path);

    private static IEnumerable<object> Reasons(GeneratorDriverRunResult result, string step) =>
        Reasons(result.Results.SelectMany(generator => generator.TrackedSteps.GetValueOrDefault(step, [])));

    private static IEnumerable<object> Outputs(GeneratorDriverRunResult result) =>
        Reasons(result.Results.SelectMany(generator => generator.TrackedOutputSteps.Values).SelectMany(runs => runs));

    private static IEnumerable<object> Reasons(IEnumerable<IncrementalGeneratorRunStep> runs) =>
        runs.SelectMany(run => run.Outputs).Select(output => (object)output.Reason);
}
