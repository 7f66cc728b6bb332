using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace IpMpsc.Generators.Tests;

/// <summary>
/// Every block of C# about hosting, bridges and objects compiles. Such a block is a part of an application, so the test adds what the
/// rest of that application would declare, unless the block declares it itself.
/// </summary>
public sealed partial class ApplicationSnippetTests
{
    private const string Usings = """
        global using System;
        global using System.Buffers;
        global using System.Collections.Generic;
        global using System.Text.Json;
        global using System.Text.Json.Serialization.Metadata;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using IpMpsc;
        global using IpMpsc.Extensions.Hosting;
        global using IpMpsc.MemoryPack;
        global using IpMpsc.Objects;
        global using MemoryPack;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using OpenTelemetry.Metrics;
        global using OpenTelemetry.Trace;

        """;

    private static readonly string[] s_documents =
    [
        "docs/hosting.md", "docs/beyond-one-machine.md", "docs/memorypack.md",
        "IpMpsc.Extensions.Hosting/README.md", "IpMpsc.MemoryPack/README.md", "IpMpsc.Nats/README.md",
    ];

    /// <summary>Statements before the block: what uses it, the word that declares it, and its text.</summary>
    private static readonly (string Use, string Declaration, string Text)[] s_statements =
    [
        ("builder.", "builder =", "HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);\n"),
        ("writer.", "writer =", "ByteClaimWriter writer = new();\nstatic void WriteMyFormat(IBufferWriter<byte> writer) => writer.Write(\"mine\"u8);\n"),
        ("sender.Claim", "sender =", "using ByteSender sender = ByteSender.OpenOrCreate(\"bytes\");\n"),
    ];

    private static readonly (string Use, string Declaration, string Text)[] s_types =
    [
        ("OrderHandler", "class OrderHandler", "public sealed class OrderHandler : IChannelHandler<Order> { public ValueTask HandleAsync(Order message, CancellationToken cancellationToken) => default; }\n"),
        ("ShopContext", "class ShopContext", "public sealed class ShopContext { public List<Order> Orders { get; } = []; public Task SaveChangesAsync(CancellationToken cancellationToken) => Task.CompletedTask; }\n"),
        ("<Quote>", "struct Quote", "[ChannelMessage] public partial struct Quote { public double Bid; }\n"),
        ("new Order(", "record Order", "[MemoryPackable] public partial record Order(long Id, string Symbol, Dictionary<string, decimal> Limits);\n"),
        ("Order", " Order(long", "[ChannelMessage] public partial struct Order { public int Customer; }\n"),
    ];

    private static IEnumerable<TestCaseData> Blocks =>
        from document in s_documents
        from block in CSharpBlock().Matches(Repository.Read(document)).Select((match, index) => (Text: match.Groups[1].Value, Number: index + 1))
        select new TestCaseData(block.Text).SetArgDisplayNames(document, $"block {block.Number}");

    [TestCaseSource(nameof(Blocks))]
    public void PieceOfAnApplicationCompiles(string block)
    {
        string source = block + Missing(s_statements, block);
        string program = $"{UsingDirective().Replace(Missing(s_statements, block) + block, "")}\n{Missing(s_types, source)}";
        CSharpCompilation snippet = GeneratorHarness.Compile(program);
        var parse = (CSharpParseOptions)snippet.SyntaxTrees[0].Options;
        bool isProgram = snippet.SyntaxTrees[0].GetCompilationUnitRoot().Members.Any(member => member.IsKind(SyntaxKind.GlobalStatement));
        GeneratorOutcome outcome = GeneratorHarness.Run(snippet
            .WithOptions(snippet.Options.WithOutputKind(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary))
            .AddReferences(PackageReferences())
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings, parse)));

        Assert.That(outcome.Complaints, Is.Empty, program);
    }

    private static string Missing((string Use, string Declaration, string Text)[] all, string block)
    {
        string text = "";
        foreach ((string use, string declaration, string declared) in all)
        {
            string known = text + block;
            text += known.Contains(use, StringComparison.Ordinal) && !known.Contains(declaration, StringComparison.Ordinal) ? declared : "";
        }

        return text;
    }

    /// <summary>The packages that an application references besides the library.</summary>
    private static IEnumerable<MetadataReference> PackageReferences() =>
        from path in ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        let name = Path.GetFileName(path)
        where name is "IpMpsc.Extensions.Hosting.dll" or "IpMpsc.MemoryPack.dll" or "IpMpsc.Nats.dll"
            || name.StartsWith("MemoryPack", StringComparison.Ordinal)
            || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || name.StartsWith("NATS.", StringComparison.Ordinal)
            || name.StartsWith("OpenTelemetry", StringComparison.Ordinal)
        select MetadataReference.CreateFromFile(path);

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"^using [\w.]+;\n", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
