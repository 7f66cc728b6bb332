using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>Prints what the generators cost a build and an edit, beside a generator that finds the same messages and does nothing.</summary>
/// <remarks>
/// <c>dotnet test IpMpsc.Generators.Tests -c Release --filter FullyQualifiedName~GeneratorCost -- NUnit.ExplicitMode=Relaxed</c>
/// </remarks>
[Explicit("Measures; the numbers depend on the machine.")]
public sealed class GeneratorCost
{
    private const int Rounds = 7;

    [TestCase(500)]
    [TestCase(1500)]
    public void Measure(int messages)
    {
        // The compiler of the runtime needs some rounds, too.
        for (int round = 0; round < Rounds; round++)
        {
            _ = Run(messages, Ours);
            _ = Run(messages, Empty);
        }

        (double emptyFirst, double emptyEdit, _) = Median(messages, Empty);
        (double ourFirst, double ourEdit, int characters) = Median(messages, Ours);

        TestContext.Out.WriteLine($"{messages} messages, {characters:N0} characters");
        TestContext.Out.WriteLine($"first run: {ourFirst:N0} ms, empty generator {emptyFirst:N0} ms");
        TestContext.Out.WriteLine($"edit of an unrelated file: {ourEdit:N1} ms, empty generator {emptyEdit:N1} ms, {ourEdit / emptyEdit:N2} times");
        Assert.That(characters, Is.GreaterThan(messages * 100));
    }

    private static ISourceGenerator[] Ours() =>
        [new ChannelMessageGenerator().AsSourceGenerator(), new ChannelProtocolGenerator().AsSourceGenerator()];

    private static ISourceGenerator[] Empty() => [new EmptyGenerator().AsSourceGenerator()];

    private static (double First, double Edit, int Characters) Median(int messages, Func<ISourceGenerator[]> generators)
    {
        (double First, double Edit, int Characters)[] runs = [.. Enumerable.Range(0, Rounds).Select(_ => Run(messages, generators))];
        return (Middle(runs.Select(run => run.First)), Middle(runs.Select(run => run.Edit)), runs[0].Characters);
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);

    private static (double First, double Edit, int Characters) Run(int messages, Func<ISourceGenerator[]> generators)
    {
        Compilation compilation = GeneratorHarness.Compile("class Unrelated { int Answer() => 42; }");
        SyntaxTree unrelated = compilation.SyntaxTrees.Single();
        var options = (CSharpParseOptions)unrelated.Options;
        compilation = compilation.AddSyntaxTrees(Enumerable.Range(0, messages).Select(number =>
            CSharpSyntaxTree.ParseText(Message(number), options, $"Message{number}.cs")));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(generators(), parseOptions: options);

        // What the run before left behind must not be collected within this one.
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        compilation = compilation.ReplaceSyntaxTree(
            unrelated, CSharpSyntaxTree.ParseText("class Unrelated { int Answer() => 43; }", options, unrelated.FilePath));
        GC.Collect();
        start = Stopwatch.GetTimestamp();
        driver = driver.RunGenerators(compilation);
        double edit = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (first, edit, driver.GetRunResult().GeneratedTrees.Sum(tree => tree.Length));
    }

    // A third is of fixed size, a third variable, a third has a nested message.
    private static string Message(int number) => "namespace Demo; [IpMpsc.ChannelMessage] public partial struct " + (number % 3) switch
    {
        0 => $"Message{number} {{ public long Id; public double Price; public int Count; public System.DateTime Time; }}",
        1 => $"Message{number} {{ public int Id; public string Name; public int[] Values; public string? Comment; }}",
        _ => $"Message{number} {{ public Message{number - 2} Header; public string Text; public System.Collections.Generic.List<string> Lines; }}",
    };

    private sealed class EmptyGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName("IpMpsc.ChannelMessageAttribute", (_, _) => true, (_, _) => 0),
            (_, _) => { });
    }
}
