namespace IpMpsc.Tests.Support;

/// <summary>The files that a process has open, and its access to them, as the kernel reports it.</summary>
internal static class OpenFiles
{
    /// <summary>The files of its descriptors.</summary>
    public static IEnumerable<string> Of(int process) => Descriptors(process).Select(descriptor => descriptor.Path);

    /// <summary>The permissions of its mappings of the file: "r--s" is shared and read-only.</summary>
    public static IEnumerable<string> MappingsOf(int process, string path) =>
        from mapping in File.ReadAllLines($"/proc/{process}/maps")
        where mapping.EndsWith(path, StringComparison.Ordinal)
        select mapping.Split(' ')[1];

    /// <summary>The access modes of its descriptors of the file: 0 reads, 2 reads and writes.</summary>
    public static IEnumerable<int> ModesOf(int process, string path) =>
        from descriptor in Descriptors(process)
        where descriptor.Path == path
        let flags = File.ReadLines($"/proc/{process}/fdinfo/{descriptor.Number}")
            .Single(line => line.StartsWith("flags:", StringComparison.Ordinal))
        select Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & 3;

    private static IEnumerable<(string Number, string Path)> Descriptors(int process) =>
        from link in Directory.GetFileSystemEntries($"/proc/{process}/fd")
        let path = TargetOf(link)
        where path is not null
        select (Path.GetFileName(link), path);

    private static string? TargetOf(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null; // Closed since the directory was read.
        }
    }
}
