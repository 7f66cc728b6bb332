using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Every block of C# that the documents show to users is a program, or the declaration of a message
/// that the others use. A block that does not compile has not been kept up with the code.
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
        global using IpMpsc;
        """;

    private static IEnumerable<string> Documents =>
    [
        "README.md", "IpMpsc.Runtime/README.md", "docs/getting-started.md", "docs/waiting.md", "docs/start.md",
        .. Directory.GetFiles(Path.Join(Repository.Root, "docs/recipes"), "*.md").Select(path => Path.GetRelativePath(Repository.Root, path)),
    ];

    private static IEnumerable<TestCaseData> Programs =>
        from document in Documents
        let blocks = BlocksOf(document)
        let declarations = string.Concat(blocks.Where(IsDeclaration))
        from block in blocks.Select((text, index) => (Text: text, Number: index + 1))
        where !IsDeclaration(block.Text)
        select new TestCaseData(block.Text + declarations).SetArgDisplayNames(document, $"block {block.Number}");

    [TestCaseSource(nameof(Programs))]
    public void BlockCompiles(string program)
    {
        CSharpCompilation snippet = GeneratorHarness.Compile(program);
        var parse = (CSharpParseOptions)snippet.SyntaxTrees[0].Options;
        GeneratorOutcome outcome = GeneratorHarness.Run(snippet
            .WithOptions(snippet.Options.WithOutputKind(OutputKind.ConsoleApplication))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(ImplicitUsings, parse)));

        Assert.That(outcome.Complaints, Is.Empty, program);
    }

    private static bool IsDeclaration(string block) => block.StartsWith("[ChannelMessage", StringComparison.Ordinal);

    private static string[] BlocksOf(string document) =>
        [.. CSharpBlock().Matches(Repository.Read(document)).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
