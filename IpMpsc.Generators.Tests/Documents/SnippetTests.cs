using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Every block of C# that the documents show to users is a program, or the declaration of a message
/// that the other blocks use. A block that does not compile is out of date.
/// </summary>
public sealed partial class SnippetTests
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    /// <summary>Documents whose blocks a newcomer copies unchanged: each block has the using directive that it needs.</summary>
    private static readonly string[] s_selfContained = ["README.md", "IpMpsc.Runtime/README.md", "docs/start.md"];

    private static IEnumerable<string> Documents =>
    [
        "README.md", "IpMpsc.Runtime/README.md", "docs/getting-started.md", "docs/waiting.md", "docs/start.md",
        .. Directory.GetFiles(Path.Join(Repository.Root, "docs/recipes"), "*.md").Select(path => Path.GetRelativePath(Repository.Root, path)),
    ];

    private static IEnumerable<TestCaseData> Programs =>
        from document in Documents
        let blocks = BlocksOf(document)
        let declarations = string.Concat(blocks.Where(IsDeclaration).Select(WithoutUsing))
        from block in blocks.Select((text, index) => (Text: text, Number: index + 1))
        where !IsDeclaration(block.Text)
        select new TestCaseData(block.Text + declarations, UsingsOf(document), OutputKind.ConsoleApplication)
            .SetArgDisplayNames(document, $"block {block.Number}");

    private static IEnumerable<TestCaseData> Declarations =>
        from document in s_selfContained
        from block in BlocksOf(document).Select((text, index) => (Text: text, Number: index + 1))
        where IsDeclaration(block.Text)
        select new TestCaseData(block.Text, UsingsOf(document), OutputKind.DynamicallyLinkedLibrary)
            .SetArgDisplayNames(document, $"block {block.Number}");

    [TestCaseSource(nameof(Programs))]
    [TestCaseSource(nameof(Declarations))]
    public void BlockCompiles(string program, string implicitUsings, OutputKind kind)
    {
        CSharpCompilation snippet = GeneratorHarness.Compile(program);
        var parse = (CSharpParseOptions)snippet.SyntaxTrees[0].Options;
        GeneratorOutcome outcome = GeneratorHarness.Run(snippet
            .WithOptions(snippet.Options.WithOutputKind(kind))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(implicitUsings, parse)));

        Assert.That(outcome.Complaints, Is.Empty, program);
    }

    private static string UsingsOf(string document) =>
        s_selfContained.Contains(document) ? ImplicitUsings : ImplicitUsings + "global using IpMpsc;";

    private static bool IsDeclaration(string block) => WithoutUsing(block).StartsWith("[ChannelMessage", StringComparison.Ordinal);

    private static string WithoutUsing(string block) => block.Replace("using IpMpsc;\n\n", "", StringComparison.Ordinal);

    private static string[] BlocksOf(string document) =>
        [.. CSharpBlock().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
