using IpMpsc.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>The listings in docs/generated-code.md are what the generator emits for the messages beside them.</summary>
public sealed class ListingTests
{
    private const string Indent = "    ";
    private const string Declaration = "[ChannelMessage]";

    [Test]
    public void ListingsAreGenerated()
    {
        string[] blocks = [.. Blocks(Repository.Read("docs/generated-code.md"))];
        string source = "using System; using IpMpsc;\n" + string.Concat(blocks.Where(block => block.StartsWith(Declaration, StringComparison.Ordinal)));
        string[] listings = [.. blocks.Where(block => block.Contains("[__G(", StringComparison.Ordinal))];
        string[] generated = [.. Generate(source)];

        Assert.That(listings, Has.Length.EqualTo(2));
        Assert.That(generated, Has.Length.EqualTo(listings.Length));
        Assert.Multiple(() =>
        {
            foreach (string listing in listings)
            {
                Assert.That(generated, Has.Some.EndsWith(listing), listing);
            }
        });
    }

    /// <summary>The files that a build without documentation generates.</summary>
    private static IEnumerable<string> Generate(string source)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile("");
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        CSharpParseOptions options = ((CSharpParseOptions)tree.Options).WithDocumentationMode(DocumentationMode.None);
        return GeneratorHarness.Run(compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(source, options)))
            .Files
            .Select(file => file.SourceText.ToString().Replace("\t", Indent, StringComparison.Ordinal));
    }

    /// <summary>The indented blocks of a page, each ending with a line feed, without the indentation of the whole block.</summary>
    private static IEnumerable<string> Blocks(string page)
    {
        string block = "";
        foreach (string line in page.Split('\n'))
        {
            if (line.StartsWith(Indent, StringComparison.Ordinal))
            {
                block += line[Indent.Length..] + "\n";
            }
            else if (line.Length == 0 && block.Length > 0)
            {
                block += "\n";
            }
            else if (block.Length > 0)
            {
                yield return block.TrimEnd('\n') + "\n";
                block = "";
            }
        }
    }
}
