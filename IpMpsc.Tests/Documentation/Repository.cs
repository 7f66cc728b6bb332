namespace IpMpsc.Tests.Documentation;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration of the tests: "Debug" or "Release".</summary>
    public static string Configuration { get; } =
        Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;

    /// <summary>The assembly of a project, built with the same configuration as the tests.</summary>
    public static string AssemblyOf(string project)
    {
        // Both end in bin/CONFIGURATION/FRAMEWORK below their project.
        string output = Path.GetRelativePath(Path.Join(Root, "IpMpsc.Tests"), AppContext.BaseDirectory);
        return Path.Join(Root, project, output, $"{Path.GetFileName(project)}.dll");
    }

    /// <summary>The sources below a folder, without the output of builds.</summary>
    public static IEnumerable<string> SourcesOf(string folder, string pattern = "*.cs") =>
        from path in Directory.EnumerateFiles(Path.Join(Root, folder), pattern, SearchOption.AllDirectories)
        where !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj")
        select path;

    public static string Read(string path) => File.ReadAllText(Path.Join(Root, path));

    private static string FindRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(directory, "IpMpsc.sln")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new InvalidOperationException("The tests do not run from within their repository.");
        }

        return directory;
    }
}
