using System.Reflection;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>
/// Each folder is a namespace, named after its task. It uses the folders that its line of the table
/// names and no others, so a reader who follows a call always goes in one direction.
/// </summary>
/// <param name="library">The compiled project.</param>
/// <param name="project">Its folder, which is also the namespace of its root unless that is given.</param>
/// <param name="rootNamespace">The namespace of its root.</param>
public abstract class ProjectFolderTests(Assembly library, string project, string? rootNamespace = null)
{
    /// <summary>The project's own folder, in the table.</summary>
    protected const string Root = "root";

    /// <summary>Extension methods lie in the namespace of what they extend, and in the root.</summary>
    private const string Extended = "Microsoft.Extensions.";

    private readonly string _rootNamespace = rootNamespace ?? project;

    /// <summary>
    /// What each folder may use: only folders of lines above its own. A folder without a line counts as the one that it lies in.
    /// </summary>
    protected abstract Dictionary<string, string[]> MayUse { get; }

    /// <summary>
    /// Whether the root is what programs see. It then uses what its types need, and folders use it: they take and throw what
    /// programs know. Any other root stands at the end of the table.
    /// </summary>
    protected virtual bool RootIsPublicApi => false;

    /// <summary>A folder for types in the namespaces of others.</summary>
    protected virtual string? Polyfills => null;

    protected IEnumerable<Type> Types => library.GetTypes().Where(type => FolderOf(type.Namespace) is not null);

    [Test]
    public void FoldersUseOnlyPermittedFolders()
    {
        string[] wrong =
        [
            .. from use in Uses()
               where !IsPermitted((FolderOf(use.User.Namespace)!, FolderOf(use.Used.Namespace)!))
               select $"{use.User} uses {use.Used}",
        ];
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Uses of constants leave no trace in an assembly, so the sources are searched for them.</summary>
    [Test]
    public void SourcesImportOnlyPermittedFolders()
    {
        string[] wrong =
        [
            .. from import in Imports()
               where !IsPermitted((import.From, import.To))
               select $"{import.Path} imports {import.To}",
        ];
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>A permitted arrow that is no longer used would let the dependency come back unnoticed. This also shows that the search finds dependencies.</summary>
    [Test]
    public void EachPermittedArrowIsUsed()
    {
        HashSet<(string From, string To)> found =
        [
            .. Uses().Select(use => (FolderOf(use.User.Namespace)!, FolderOf(use.Used.Namespace)!)),
            .. Imports().Select(import => (import.From, import.To)),
        ];
        Assert.That(
            from folder in MayUse
            from used in folder.Value
            where !found.Contains((folder.Key, used))
            select $"{folder.Key} does not use {used}",
            Is.Empty);
    }

    [Test]
    public void NoTwoFoldersUseEachOther()
    {
        List<string> above = RootIsPublicApi ? [Root] : [];
        foreach ((string folder, string[] used) in MayUse)
        {
            if (folder != Root || !RootIsPublicApi)
            {
                Assert.That(used.Except(above), Is.Empty, $"{folder} uses a folder that does not stand above it in the table");
            }

            above.Add(folder);
        }
    }

    [Test]
    public void NamespacesAreThoseOfTheFolders()
    {
        string[] wrong =
        [
            .. from path in Repository.SourcesOf(project)
               let folder = FolderOfFile(path)
               let space = NamespaceIn(path)
               where folder != Polyfills
               where FolderOf(NamespaceOf(folder)) is null || (space != NamespaceOf(folder) && !(folder.Length == 0 && IsInTheRoot(path, space)))
               select path,
        ];
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>The folder of a namespace, as in the table; null for one that is not the project's.</summary>
    protected string? FolderOf(string? space)
    {
        if (space == _rootNamespace || space?.StartsWith(Extended, StringComparison.Ordinal) == true)
        {
            return Root;
        }

        if (space?.StartsWith(_rootNamespace + '.', StringComparison.Ordinal) != true)
        {
            return null;
        }

        string folder = space[(_rootNamespace.Length + 1)..].Replace('.', '/');
        while (!MayUse.ContainsKey(folder) && folder.Contains('/'))
        {
            folder = folder[..folder.LastIndexOf('/')];
        }

        return MayUse.ContainsKey(folder) ? folder : null;
    }

    private bool IsPermitted((string From, string To) arrow) => arrow.From == arrow.To || MayUse[arrow.From].Contains(arrow.To);

    private IEnumerable<(Type User, Type Used)> Uses() =>
        from user in Types
        from used in Dependencies.Of(user)
        where used.Assembly == library && FolderOf(used.Namespace) is not null
        select (user, used);

    private IEnumerable<(string Path, string From, string To)> Imports() =>
        from path in Repository.SourcesOf(project)
        where FolderOfFile(path) != Polyfills
        from line in File.ReadLines(path)
        where line.StartsWith($"using {_rootNamespace}", StringComparison.Ordinal) && line.EndsWith(';')
        let user = FolderOf(NamespaceOf(FolderOfFile(path)))
        let used = FolderOf(line["using ".Length..^1])
        where used is not null && used != user
        select (path, user, used);

    private static bool IsInTheRoot(string path, string? space) =>
        space?.StartsWith(Extended, StringComparison.Ordinal) ?? Path.GetFileName(path) == "Program.cs";

    private static string? NamespaceIn(string path) =>
        File.ReadLines(path).FirstOrDefault(line => line.StartsWith("namespace ", StringComparison.Ordinal))?["namespace ".Length..].TrimEnd(';');

    private string FolderOfFile(string path) =>
        Path.GetDirectoryName(Path.GetRelativePath(Path.Join(Repository.Root, project), path))!.Replace(Path.DirectorySeparatorChar, '/');

    private string NamespaceOf(string folder) => folder.Length == 0 ? _rootNamespace : $"{_rootNamespace}.{folder.Replace('/', '.')}";
}
