namespace IpMpsc.Tests.Architecture;

/// <summary>Root sees Core, Core sees Layout and Platform, Platform sees Layout, Layout sees nothing.</summary>
public sealed class FolderTests
{
    private const string Root = "IpMpsc";
    private const string Core = "IpMpsc.Core";
    private const string Layout = "IpMpsc.Layout";
    private const string Platform = "IpMpsc.Platform";

    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        [Layout] = [Layout],
        [Platform] = [Platform, Layout],
        [Core] = [Core, Platform, Layout],
        [Root] = [Root, Core, Platform, Layout],
    };

    [Test]
    public void FoldersSeeOnlyThoseBelowThem([Values(Layout, Platform, Core, Root)] string folder)
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
        foreach ((string from, string to) in new[] { (Root, Core), (Core, Layout), (Core, Platform) })
        {
            Assert.That(
                TypesOfTheLibrary().Where(type => FolderOf(type) == from).SelectMany(Dependencies.Of).Select(FolderOf),
                Does.Contain(to),
                $"{from} uses nothing of {to}");
        }
    }

    [Test]
    public void PublicTypesLieAtTheRoot() =>
        Assert.That(TypesOfTheLibrary().Where(type => type.IsVisible && type.Namespace != Root), Is.Empty);

    [Test]
    public void NamespacesAreThoseOfTheFolders()
    {
        string project = Path.Join(Documentation.Repository.Root, "IpMpsc.Runtime");
        string[] wrong =
        [
            .. Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(project, path))
                .Where(path => !path.StartsWith("obj", StringComparison.Ordinal) && !path.StartsWith("bin", StringComparison.Ordinal))
                .Where(path => !File.ReadAllLines(Path.Join(project, path)).Contains($"namespace {NamespaceOf(path)};")),
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
