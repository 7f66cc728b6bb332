using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>
/// Each folder is a namespace, named after its task. It uses the folders that its line below
/// names and no others, so a reader who follows a call always goes in one direction.
/// </summary>
/// <remarks>
/// The root is what programs see. It uses what its types need, and the folders from <see cref="Wire"/> on use it: they take and
/// throw what programs know. No other two folders use each other, directly or through others.
/// </remarks>
public sealed class FolderTests
{
    private const string Root = "IpMpsc";
    private const string Layout = "IpMpsc.Layout";
    private const string Platform = "IpMpsc.Platform";
    private const string Waiting = "IpMpsc.Waiting";
    private const string Telemetry = "IpMpsc.Telemetry";
    private const string Segments = "IpMpsc.Segments";
    private const string Ring = "IpMpsc.Ring";
    private const string Dropping = "IpMpsc.Dropping";
    private const string Judging = "IpMpsc.Judging";
    private const string Wire = "IpMpsc.Wire";
    private const string Blocks = "IpMpsc.Blocks";
    private const string Codecs = "IpMpsc.Codecs";
    private const string Formats = "IpMpsc.Codecs.Formats";
    private const string Collections = "IpMpsc.Codecs.Collections";
    private const string Times = "IpMpsc.Codecs.Times";
    private const string Views = "IpMpsc.Views";
    private const string Schemas = "IpMpsc.Schemas";
    private const string Sending = "IpMpsc.Sending";
    private const string Receiving = "IpMpsc.Receiving";
    private const string Observing = "IpMpsc.Observing";
    private const string Opening = "IpMpsc.Opening";
    private const string Objects = "IpMpsc.Objects";
    private const string Generated = "IpMpsc.Generated";

    /// <summary>The largest folder: among more files than this, nobody finds one by looking.</summary>
    private const int MostFiles = 21;

    private static readonly Dictionary<string, string[]> s_mayUse = new()
    {
        [Layout] = [],
        [Platform] = [Layout],
        [Waiting] = [Platform, Layout],
        [Telemetry] = [],
        [Segments] = [Telemetry, Waiting, Platform, Layout],
        [Ring] = [Segments, Telemetry, Waiting, Platform, Layout],
        [Judging] = [Segments, Telemetry, Root],
        [Wire] = [Root],
        [Blocks] = [Wire, Root],
        [Formats] = [Wire, Root],
        [Codecs] = [Formats, Blocks, Wire, Root],
        [Collections] = [Codecs, Wire],
        [Times] = [Wire],
        [Views] = [Codecs, Wire],
        [Dropping] = [Views, Ring, Segments, Layout, Root],
        [Schemas] = [Wire, Root],
        [Sending] = [Ring, Segments, Telemetry, Waiting, Platform, Layout, Wire, Root],
        [Receiving] = [Ring, Segments, Telemetry, Waiting, Layout, Root],
        [Observing] = [Ring, Segments, Layout],
        [Opening] = [Judging, Dropping, Sending, Ring, Segments, Telemetry, Waiting, Platform, Schemas, Root],
        [Objects] = [Ring, Root],
        [Generated] = [Opening, Sending, Receiving, Dropping, Ring, Segments, Waiting, Layout, Root],
        [Root] = [Judging, Opening, Observing, Receiving, Sending, Dropping, Schemas, Ring, Segments, Waiting, Platform, Layout],
    };

    private static string[] Folders => [.. s_mayUse.Keys];

    [Test]
    public void FoldersUseOnlyPermittedFolders([ValueSource(nameof(Folders))] string folder)
    {
        Type[] types = [.. TypesOfTheLibrary().Where(type => FolderOf(type) == folder)];
        Assert.That(types, Is.Not.Empty);

        string[] wrong =
        [
            .. from type in types
               from used in Dependencies.Of(type)
               where used.Assembly == typeof(IpcChannelOptions).Assembly && FolderOf(used) is { } usedFolder && usedFolder != folder && !s_mayUse[folder].Contains(usedFolder)
               select $"{type} uses {used}",
        ];
        Assert.That(wrong, Is.Empty);
    }

#if DEBUG // Release builds have no crash points, and some folders use the platform only for those.
    /// <summary>A permitted arrow that is no longer used would let the dependency come back unnoticed. This also shows that the search finds dependencies.</summary>
    [Test]
    public void EachPermittedArrowIsUsed([ValueSource(nameof(Folders))] string folder)
    {
        string?[] used = [.. TypesOfTheLibrary().Where(type => FolderOf(type) == folder).SelectMany(Dependencies.Of).Select(FolderOf).Distinct()];
        Assert.That(s_mayUse[folder].Except(used), Is.Empty, $"{folder} does not use folders that it is permitted to use");
    }
#endif

    [Test]
    public void NoTwoFoldersUseEachOther()
    {
        List<string> above = [];
        foreach (string folder in Folders.Where(folder => folder != Root))
        {
            Assert.That(s_mayUse[folder].Where(used => used != Root && !above.Contains(used)), Is.Empty, $"{folder} uses a folder that stands below it in the table");
            above.Add(folder);
        }
    }

    [Test]
    public void DesignListsTheFoldersInTheirOrder()
    {
        string[] lines = Repository.Read("docs/design.md").Split('\n');
        IEnumerable<string> listed = lines.SkipWhile(line => !line.StartsWith("    IpMpsc.Runtime/ ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith("      ", StringComparison.Ordinal))
            .Select(line => $"{Root}.{line.Trim().Split('/')[0]}");
        Assert.That(listed, Is.EqualTo(Folders.Where(folder => folder is not (Root or Formats or Collections or Times))));
    }

    /// <summary>In every project, except for the root of the library, which is as large as its public API.</summary>
    [Test]
    public void FoldersAreSmallEnoughToBeSeenAtOnce() => Assert.That(
        from path in Repository.SourcesOf(".")
        group path by Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!) into folder
        where folder.Key != "IpMpsc.Runtime" && folder.Count() > MostFiles
        select $"{folder.Key}: {folder.Count()} files",
        Is.Empty);

    [Test]
    public void PublicTypesLieWhereProgramsLookForThem() => Assert.That(
        TypesOfTheLibrary().Where(type => type.IsVisible && type.Namespace is not (Root or Schemas or Wire or Blocks or Objects or Codecs or Formats or Collections or Times or Views or Generated)), Is.Empty);

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
        typeof(IpcChannelOptions).Assembly.GetTypes().Where(type => FolderOf(type) is not null);

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
