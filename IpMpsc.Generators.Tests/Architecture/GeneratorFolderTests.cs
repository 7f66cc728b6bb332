using System.Reflection;
using IpMpsc.Tests.Architecture;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Generators.Tests;

/// <summary>The folders of the generators, and which of them may use which.</summary>
public sealed class GeneratorFolderTests
{
    private const string Project = "IpMpsc.Generators";
    private const string Root = Project;
    private const string Models = Root + ".Models";
    private const string Text = Root + ".Text";
    private const string Parsing = Root + ".Parsing";
    private const string Caching = Root + ".Caching";
    private const string Fields = Root + ".Fields";
    private const string Diagnostics = Root + ".Diagnostics";
    private const string Messages = Diagnostics + ".Messages";
    private const string Protocols = Diagnostics + ".Protocols";
    private const string Usage = Diagnostics + ".Usage";
    private const string Flow = Diagnostics + ".Flow";
    private const string Lifetimes = Diagnostics + ".Lifetimes";
    private const string Baseline = Diagnostics + ".Baseline";

    private static readonly (string From, string To)[] s_arrows =
    [
        (Text, Models),
        (Parsing, Models),
        (Parsing, Text),
        (Caching, Models),
        (Caching, Parsing),
        (Fields, Models),
        (Diagnostics, Parsing),
        (Messages, Models),
        (Messages, Parsing),
        (Messages, Diagnostics),
        (Protocols, Models),
        (Protocols, Parsing),
        (Protocols, Diagnostics),
        (Protocols, Messages),
        (Usage, Parsing),
        (Usage, Diagnostics),
        (Flow, Usage),
        (Lifetimes, Parsing),
        (Lifetimes, Diagnostics),
        (Lifetimes, Usage),
        (Lifetimes, Flow),
        (Baseline, Models),
        (Baseline, Parsing),
        (Baseline, Diagnostics),
        (Baseline, Messages),
        (Root, Models),
        (Root, Text),
        (Root, Parsing),
        (Root, Fields),
        (Root, Caching),
        (Root, Messages),
        (Root, Protocols),
    ];

    [Test]
    public void OnlyTheseArrowsExist()
    {
        string[] wrong =
        [
            .. from use in Uses()
               where !s_arrows.Contains((Folder(use.User), Folder(use.Used)))
               select $"{use.User} uses {use.Used}",
        ];
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Uses of constants leave no trace in an assembly, so the sources are searched for them.</summary>
    [Test]
    public void EveryArrowIsNeeded()
    {
        var found = Uses().Select(use => (Folder(use.User), Folder(use.Used))).Concat(Usings()).ToHashSet();
        Assert.That(s_arrows.Where(arrow => !found.Contains(arrow)), Is.Empty);
    }

    [Test]
    public void SourcesImportOnlyAlongTheArrows() =>
        Assert.That(Usings().Where(arrow => !s_arrows.Contains(arrow)).Distinct(), Is.Empty);

    [Test]
    public void NoCircle()
    {
        var left = s_arrows.ToList();
        while (left.Find(arrow => left.TrueForAll(other => other.From != arrow.To)) is { From: not null } last)
        {
            left.RemoveAll(arrow => arrow.To == last.To);
        }

        Assert.That(left, Is.Empty);
    }

    [Test]
    public void NamespacesAreThoseOfTheFolders()
    {
        string[] wrong =
        [
            .. from path in Repository.SourcesOf(Project)
               where !path.Contains("Polyfills", StringComparison.Ordinal)
               where !File.ReadAllLines(path).Contains($"namespace {NamespaceOf(path)};")
               select path,
        ];
        Assert.That(wrong, Is.Empty);
    }

    private static IEnumerable<(Type User, Type Used)> Uses() =>
        from user in Library.GetTypes()
        where IsOurs(user)
        from used in Dependencies.Of(user)
        where used.Assembly == Library && IsOurs(used) && Folder(user) != Folder(used)
        select (user, used);

    private static IEnumerable<(string From, string To)> Usings() =>
        from path in Repository.SourcesOf(Project)
        from line in File.ReadAllLines(path)
        where line.StartsWith($"using {Root}", StringComparison.Ordinal)
        select (NamespaceOf(path), line["using ".Length..^1]);

    private static Assembly Library => typeof(ChannelMessageGenerator).Assembly;

    // Types of the compiler and polyfills have no namespace of ours.
    private static bool IsOurs(Type type) => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true;

    private static string Folder(Type type) => type.Namespace!;

    private static string NamespaceOf(string path) => string.Join(
        '.',
        [Root, .. Path.GetRelativePath(Path.Join(Repository.Root, Project), path).Split(Path.DirectorySeparatorChar).SkipLast(1)]);
}
