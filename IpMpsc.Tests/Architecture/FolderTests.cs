using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>The folders of the library, and which of them may use which.</summary>
/// <remarks>The folders from Wire on use the root: they take and throw what programs know. Those from Layout to Ring do not.</remarks>
public sealed class FolderTests() : ProjectFolderTests(typeof(IpcChannelOptions).Assembly, "IpMpsc.Runtime", "IpMpsc")
{
    /// <summary>The largest folder: among more files than this, nobody finds one by looking.</summary>
    private const int MostFiles = 21;

    /// <summary>Folders with types that programs, or their generated code, name.</summary>
    private static readonly string[] s_publicFolders =
        [Root, "Schemas", "Wire", "Blocks", "Objects", "Codecs", "Codecs/Formats", "Codecs/Collections", "Codecs/Times", "Views", "Generated"];

    protected override bool RootIsPublicApi => true;

    protected override Dictionary<string, string[]> MayUse { get; } = new()
    {
        ["Layout"] = [],
        ["Platform"] = ["Layout"],
        ["Waiting"] = ["Platform", "Layout"],
        ["Telemetry"] = [],
        ["Segments"] = ["Telemetry", "Waiting", "Platform", "Layout"],
        ["Ring"] = ["Segments", "Telemetry", "Waiting", "Platform", "Layout"],
        ["Judging"] = ["Segments", "Telemetry", Root],
        ["Wire"] = [Root],
        ["Blocks"] = ["Wire", Root],
        ["Codecs/Formats"] = ["Wire", Root],
        ["Codecs"] = ["Codecs/Formats", "Blocks", "Wire", Root],
        ["Codecs/Collections"] = ["Codecs", "Wire"],
        ["Codecs/Times"] = ["Wire"],
        ["Views"] = ["Codecs", "Blocks", "Wire", Root],
        ["Dropping"] = ["Views", "Ring", "Segments", "Layout", Root],
        ["Schemas"] = ["Codecs/Times", "Codecs", "Wire", Root],
        ["Sending"] = ["Ring", "Segments", "Telemetry", "Waiting", "Platform", "Layout", "Wire", Root],
        ["Receiving"] = ["Ring", "Segments", "Telemetry", "Waiting", "Layout", Root],
        ["Observing"] = ["Ring", "Segments", "Layout"],
        ["Opening"] = ["Judging", "Dropping", "Sending", "Ring", "Segments", "Telemetry", "Waiting", "Platform", "Schemas", Root],
        ["Objects"] = ["Receiving", "Ring", Root],
        ["Generated"] = ["Opening", "Sending", "Receiving", "Dropping", "Views", "Ring", "Segments", "Waiting", "Layout", Root],
        [Root] = ["Judging", "Opening", "Observing", "Receiving", "Sending", "Dropping", "Views", "Schemas", "Ring", "Segments", "Waiting", "Platform", "Layout"],
    };

    [Test]
    public void DesignListsTheFoldersInTheirOrder()
    {
        string[] lines = Repository.Read("docs/design.md").Split('\n');
        IEnumerable<string> listed = lines.SkipWhile(line => !line.StartsWith("    IpMpsc.Runtime/ ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith("      ", StringComparison.Ordinal))
            .Select(line => line.Trim().Split('/')[0]);
        Assert.That(listed, Is.EqualTo(MayUse.Keys.Where(folder => folder != Root && !folder.Contains('/'))));
    }

    /// <summary>In every project, except for the root of the library, which is as large as its public API.</summary>
    [Test]
    public void FoldersAreSmallEnoughToBeSeenAtOnce() => Assert.That(
        from path in Repository.SourcesOf(".")
        group path by Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(path)!) into folder
        where folder.Key != "IpMpsc.Runtime" && folder.Count() > MostFiles
        select $"{folder.Key}: {folder.Count()} files",
        Is.Empty);

    /// <summary>A project whose files all lie in its root needs none, and the files of the templates are not compiled here.</summary>
    [Test]
    public void EachProjectWithFoldersHasItsTable()
    {
        string tables = string.Concat(Repository.SourcesOf(".", "*FolderTests.cs").Select(File.ReadAllText));
        Assert.That(
            from path in Directory.GetDirectories(Repository.Root, "IpMpsc.*")
            let project = Path.GetFileName(path)
            where !project.Contains(".Tests", StringComparison.Ordinal) && project != "IpMpsc.Templates" && File.Exists(Path.Join(path, $"{project}.csproj"))
            where Repository.SourcesOf(project).Any(source => Path.GetDirectoryName(source) != path)
            where !tables.Contains($"\"{project}\"", StringComparison.Ordinal)
            select project,
            Is.Empty);
    }

    [Test]
    public void PublicTypesLieWhereProgramsLookForThem() =>
        Assert.That(Types.Where(type => type.IsVisible && !s_publicFolders.Contains(FolderOf(type.Namespace))), Is.Empty);

    [Test]
    public void RootHoldsNothingButPublicTypes() =>
        Assert.That(Types.Where(type => FolderOf(type.Namespace) == Root && !type.IsNested && !type.IsPublic), Is.Empty);
}
