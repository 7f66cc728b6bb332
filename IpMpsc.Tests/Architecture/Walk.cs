using System.Reflection;
using System.Text.RegularExpressions;
using IpMpsc.Tests.Documentation;

namespace IpMpsc.Tests.Architecture;

/// <summary>A table in docs/design.md that describes a way through the code, with one line for each file or for a few that belong together.</summary>
/// <param name="Introduction">How the paragraph before the table begins.</param>
/// <param name="Library">The assembly that it leads through.</param>
internal sealed partial record Walk(string Introduction, Assembly Library)
{
    private const string Document = "docs/design.md";

    /// <summary>The files in the order of the table, each with its folder. A row without a folder is in that of the row before.</summary>
    public (string Folder, string File)[] Files
    {
        get
        {
            string[] lines = Repository.Read(Document).Split('\n');
            int start = Array.FindIndex(lines, line => line.StartsWith(Introduction, StringComparison.Ordinal));
            Assert.That(start, Is.Not.Negative, $"{Document} has no paragraph that begins with '{Introduction}'");
            return [.. Parse(lines[start..].SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')))];
        }
    }

    /// <summary>The folders in the order in which the walk enters them.</summary>
    public string[] Folders
    {
        get
        {
            List<string> folders = [];
            folders.AddRange(Files.Select(file => file.Folder).Where(folder => folders.LastOrDefault() != folder));
            return [.. folders];
        }
    }

    public IEnumerable<string> MissingFiles =>
        from file in Files
        where !File.Exists(Path.Join(Repository.Root, Library.GetName().Name, file.Folder == "root" ? "" : file.Folder, $"{file.File}.cs"))
        select $"{file.Folder}/{file.File}.cs";

    /// <summary>Files that no earlier file uses, so the walk does not lead to them.</summary>
    public IEnumerable<string> UnreachedFiles
    {
        get
        {
            HashSet<string> reached = [OutermostOf(Files[0].File)];
            foreach ((_, string file) in Files)
            {
                string type = OutermostOf(file);
                if (reached.Add(type))
                {
                    yield return file;
                }

                reached.UnionWith(Library.GetTypes().Where(candidate => FileOf(candidate) == type).SelectMany(Dependencies.Of).Select(FileOf));
            }
        }
    }

    /// <summary>The name of a type's first file: that of its outermost type, without the number of type parameters.</summary>
    public static string FileOf(Type type) => type.DeclaringType is { } outer ? FileOf(outer) : type.Name.Split('`')[0];

    private static string OutermostOf(string file) => file.Split('.')[0];

    private static IEnumerable<(string Folder, string File)> Parse(IEnumerable<string> rows)
    {
        string folder = "";
        foreach (Match row in rows.Select(line => Row().Match(line)).Where(row => row.Success))
        {
            folder = row.Groups["folder"].Value is { Length: > 0 } named ? named : folder;
            string last = "";
            foreach (Capture file in row.Groups["file"].Captures)
            {
                last = file.Value.StartsWith('.') ? last + file.Value : file.Value;
                yield return (folder, last);
            }
        }
    }

    [GeneratedRegex(@"^\| \d+ \| (?<folder>\w*) ?\| (?:`(?<file>[\w.]+)`(?:, )?)+ \|")]
    private static partial Regex Row();
}
