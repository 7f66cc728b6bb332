using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>
/// A folder sees those below it: Participants, Schemas, Messages, Core, Platform, Layout. The root, which is what
/// programs see, sees all of them, and those above Core see it: they take and throw what programs know.
/// </summary>
public sealed class FolderTests
{
    private const string Root = "IpMpsc";
    private const string Participants = "IpMpsc.Participants";
    private const string Schemas = "IpMpsc.Schemas";
    private const string Messages = "IpMpsc.Messages";
    private const string Core = "IpMpsc.Core";
    private const string Platform = "IpMpsc.Platform";
    private const string Layout = "IpMpsc.Layout";

    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        [Layout] = [Layout],
        [Platform] = [Platform, Layout],
        [Core] = [Core, Platform, Layout],
        [Messages] = [Messages, Core, Layout, Root],
        [Schemas] = [Schemas, Messages, Root],
        [Participants] = [Participants, Schemas, Messages, Core, Platform, Layout, Root],
        [Root] = [Root, Participants, Schemas, Messages, Core, Platform, Layout],
    };

    [Test]
    public void FoldersSeeOnlyThoseBelowThem([Values(Layout, Platform, Core, Messages, Schemas, Participants, Root)] string folder)
    {
        Type[] types = [.. TypesOfTheLibrary().Where(type => FolderOf(type) == folder)];
        Assert.That(types, Is.Not.Empty);

        string[] wrong =
        [
            .. from type in types
               from used in Dependencies.Of(type)
               where used.Assembly == typeof(ChannelOptions).Assembly && FolderOf(used) is { } usedFolder && !s_mayUse[folder].Contains(usedFolder)
               select $"{type} uses {used}",
        ];
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>The rule can be broken only if its search finds what is there: a way down from each folder.</summary>
    [Test]
    public void SearchFindsWhatIsUsed()
    {
        foreach ((string from, string to) in new[] { (Root, Participants), (Participants, Messages), (Messages, Core), (Core, Layout), (Core, Platform) })
        {
            Assert.That(
                TypesOfTheLibrary().Where(type => FolderOf(type) == from).SelectMany(Dependencies.Of).Select(FolderOf),
                Does.Contain(to),
                $"{from} uses nothing of {to}");
        }
    }

    [Test]
    public void PublicTypesLieAtTheRootOrInSchemas() =>
        Assert.That(TypesOfTheLibrary().Where(type => type.IsVisible && type.Namespace is not (Root or Schemas)), Is.Empty);

    [Test]
    public void RootHoldsNothingButPublicTypes() =>
        Assert.That(TypesOfTheLibrary().Where(type => type.Namespace == Root && !type.IsNested && !type.IsPublic), Is.Empty);

    [Test]
    public void NamespacesAreThoseOfTheFolders()
    {
        const string Project = "IpMpsc.Runtime";
        string[] wrong =
        [
            .. from path in Repository.SourcesOf(Project)
               let name = Path.GetRelativePath(Path.Join(Repository.Root, Project), path)
               where !File.ReadAllLines(path).Contains($"namespace {NamespaceOf(name)};")
               select name,
        ];

        Assert.That(wrong, Is.Empty);
    }

    private static IEnumerable<Type> TypesOfTheLibrary() =>
        typeof(ChannelOptions).Assembly.GetTypes().Where(type => FolderOf(type) is not null);

    /// <summary>Platform's folders for each system count as Platform. Types of the compiler have no namespace of ours.</summary>
    private static string? FolderOf(Type type) => type.Namespace switch
    {
        null => null,
        var name when name.StartsWith(Platform, StringComparison.Ordinal) => Platform,
        var name => s_mayUse.ContainsKey(name) ? name : null,
    };

    private static string NamespaceOf(string path) =>
        string.Join('.', [Root, .. path.Split(Path.DirectorySeparatorChar).SkipLast(1)]);
}
