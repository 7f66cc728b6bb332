namespace IpMpsc.Tests.Documentation;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The assembly of an example, built with the same configuration as the tests.</summary>
    public static string ExampleAssembly(string name) => AssemblyOf(Path.Join("examples", name));

    /// <summary>The assembly of a project, built with the same configuration as the tests.</summary>
    public static string AssemblyOf(string project)
    {
        // Both end in bin/CONFIGURATION/FRAMEWORK below their project.
        string output = Path.GetRelativePath(Path.Join(Root, "IpMpsc.Tests"), AppContext.BaseDirectory);
        return Path.Join(Root, project, output, $"{Path.GetFileName(project)}.dll");
    }

    public static string Read(string path) => File.ReadAllText(Path.Join(Root, path));

    private static string FindRoot()
    {
        string directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Join(directory, "IpMpsc.sln")))
        {
            directory = Path.GetDirectoryName(directory)
                ?? throw new InvalidOperationException("The tests do not lie in their repository.");
        }

        return directory;
    }
}
