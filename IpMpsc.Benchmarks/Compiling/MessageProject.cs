using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Benchmarks.Compiling;

/// <summary>A project with many messages, each in a file of its own, and one unrelated file.</summary>
internal static class MessageProject
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, DocumentationMode.None);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name == "IpMpsc.Runtime.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Runs generators as a first build does, and again after an edit of the unrelated file.</summary>
    public static CompilerRun Run(int messages, params IIncrementalGenerator[] generators)
    {
        Compilation compilation = Make(messages);
        SyntaxTree unrelated = compilation.SyntaxTrees.First();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            generators.Select(generator => generator.AsSourceGenerator()), parseOptions: s_options);

        // The garbage of the previous run must not be collected within this one.
        GC.Collect();
        TimeSpan start = Used();
        driver = driver.RunGenerators(compilation);
        double first = (Used() - start).TotalMilliseconds;

        compilation = compilation.ReplaceSyntaxTree(unrelated, Unrelated(43));
        GC.Collect();
        start = Used();
        driver = driver.RunGenerators(compilation);
        double edit = (Used() - start).TotalMilliseconds;
        return new CompilerRun(first, edit, driver.GetRunResult().GeneratedTrees.Sum(tree => tree.Length));
    }

    // Processor time, which other programs do not lengthen as they do the time on the clock.
    private static TimeSpan Used() => Environment.CpuUsage.TotalTime;

    private static CSharpCompilation Make(int messages) => CSharpCompilation.Create(
        "Messages",
        Enumerable.Range(0, messages).Select(number => CSharpSyntaxTree.ParseText(Message(number), s_options, $"Message{number}.cs")).Prepend(Unrelated(42)),
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Unrelated(int answer) =>
        CSharpSyntaxTree.ParseText($"class Unrelated {{ int Answer() => {answer}; }}", s_options, "Unrelated.cs");

    // A third is of fixed size, a third variable, a third has a nested message.
    private static string Message(int number) => "namespace Demo; [IpMpsc.ChannelMessage] public partial struct " + (number % 3) switch
    {
        0 => $"Message{number} {{ public long Id; public double Price; public int Count; public System.DateTime Time; }}",
        1 => $"Message{number} {{ public int Id; public string Name; public int[] Values; public string? Comment; }}",
        _ => $"Message{number} {{ public Message{number - 2} Header; public string Text; public System.Collections.Generic.List<string> Lines; }}",
    };
}
