using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace IpMpsc.Generators.Tests;

/// <summary>Whatever names an author uses, generated code finds its own.</summary>
public sealed partial class NameClashTests
{
    private const string Declarations = """
        [IpMpsc.ChannelMessage] public partial struct Block { public string A, B, C, D, E, F, G; public byte[] H, I, J, K; public decimal L; }
        [IpMpsc.ChannelMessage] public partial struct Image { public int A; }
        [IpMpsc.ChannelProtocol(typeof(Block), typeof(Image))] public partial class Market { }
        """;

    /// <summary>The names that generated files give to types and namespaces.</summary>
    private static string[] Aliases { get; } =
    [
        .. GeneratorHarness.Run(GeneratorHarness.Compile(Declarations)).Files
            .SelectMany(file => Alias.Matches(file.SourceText.ToString()))
            .Select(match => match.Groups["name"].Value)
            .Distinct(),
    ];

    [TestCase("fields of a message", "namespace Demo { [IpMpsc.ChannelMessage] public partial struct M { public string A, B, C, D, E, F, G; public byte[] H, I, J, K; public int NAME; } }")]
    [TestCase("types beside a message", "namespace Demo { public class NAME { } DECLARATIONS }")]
    [TestCase("types outside of namespaces", "public class NAME { } namespace Demo { DECLARATIONS }")]
    [TestCase("types around a message", "namespace Demo { public partial class NAME { public partial class Inner { DECLARATIONS } } }")]
    [TestCase("types within the type around it", "namespace Demo { public partial class Outer { public class NAME { } DECLARATIONS } }")]
    [TestCase("methods of the type around it", "namespace Demo { public partial class Outer { public static void NAME() { } DECLARATIONS } }")]
    [TestCase("types within a message", "namespace Demo { [IpMpsc.ChannelMessage] public partial struct M { public string A, B, C, D, E, F, G; public byte[] H, I, J, K; public class NAME { } } }")]
    [TestCase("namespaces", "namespace Demo.NAME { DECLARATIONS }")]
    [TestCase("outermost namespaces", "namespace NAME { DECLARATIONS }")]
    [TestCase("global aliases of types", "global using NAME = System.Int32; namespace Demo { DECLARATIONS }")]
    [TestCase("global aliases of namespaces", "global using NAME = System.Text; namespace Demo { DECLARATIONS }")]
    [TestCase("global aliases of themselves", "global using __M = Demo.Block; namespace Demo { DECLARATIONS }")]
    public void AuthorHasNamesOfAliases(string places, string source)
    {
        Assert.That(Aliases, Has.Some.EqualTo("__M").And.Some.EqualTo("__wire").And.Some.EqualTo("__Reader").And.Some.EqualTo("__G"), places);
        foreach (string alias in Aliases)
        {
            string text = source.Replace("NAME", alias, StringComparison.Ordinal).Replace("DECLARATIONS", Declarations, StringComparison.Ordinal);

            Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(text)).Complaints, Is.Empty, alias);
        }
    }

    [TestCase("public class X_ChannelAccess { }", "X_ChannelAccess_")]
    [TestCase("public struct X_ChannelAccess { public class X_ChannelAccess_ { } }", "X_ChannelAccess__")]
    [TestCase("internal interface @X_ChannelAccess { }", "X_ChannelAccess_")]
    [TestCase("public enum X_ChannelAccess { }", "X_ChannelAccess_")]
    [TestCase("public delegate void X_ChannelAccess();", "X_ChannelAccess_")]
    [TestCase("namespace X_ChannelAccess { }", "X_ChannelAccess_")]
    [TestCase("[ChannelMessage] public partial struct X_ChannelAccess { public int A; }", "X_ChannelAccess_")]
    [TestCase("public class Y_ChannelAccess { }", "X_ChannelAccess")]
    public void AuthorHasATypeOfTheNameOfTheOneBesideAMessage(string declaration, string expected)
    {
        string source = $$"""
            namespace Demo
            {
                using IpMpsc;
                [ChannelMessage] public partial struct X { public int A; }
                {{declaration}}
                internal static class Program { public static int Read(ReceivedMessage<X> message) => message.View.A; }
            }
            """;

        GeneratorOutcome outcome = GeneratorHarness.Run(GeneratorHarness.Compile(source));

        Assert.That(outcome.Complaints, Is.Empty);
        Assert.That(outcome.Output.GetTypeByMetadataName("Demo." + expected)!.IsStatic, Is.True);
    }

    [Test]
    public void NumberedClassesEvadeTheAuthorsTypes()
    {
        const string Source = Sources.Underscores + "namespace Demo { class Outer_Inner_Most_ChannelAccess0 { } class Outer_Inner_Most_ChannelAccess2 { } }";

        Assert.That(GeneratorHarness.Run(GeneratorHarness.Compile(Source)).Complaints, Is.Empty);
    }

    [Test]
    public void FieldsHaveNamesOfTheFixedBlockWithUnderscores() => Assert.That(
        GeneratorHarness.Run(GeneratorHarness.Compile("""
            [IpMpsc.ChannelMessage] public partial struct M
            {
                public string Text;
                public int Traits, Traits__, Traits___, Check__, Check, __Write, Write;
            }
            """)).Complaints,
        Is.Empty);

    [GeneratedRegex(@"^using (?<name>__\w+) =", RegexOptions.Multiline)]
    private static partial Regex Alias { get; }
}
