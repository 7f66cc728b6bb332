namespace IpMpsc.Tests.Support;

/// <summary>What a process may do with a file that it has open, as the kernel tells it.</summary>
internal static class OpenFiles
{
    /// <summary>The permissions of its mappings of the file: "r--s" is shared, and for reading only.</summary>
    public static IEnumerable<string> MappingsOf(int process, string path) =>
        from mapping in File.ReadAllLines($"/proc/{process}/maps")
        where mapping.EndsWith(path, StringComparison.Ordinal)
        select mapping.Split(' ')[1];

    /// <summary>The access modes of its descriptors of the file: 0 reads, 2 reads and writes.</summary>
    public static IEnumerable<int> ModesOf(int process, string path) =>
        from link in Directory.GetFiles($"/proc/{process}/fd")
        where File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == path
        let flags = File.ReadLines($"/proc/{process}/fdinfo/{Path.GetFileName(link)}")
            .Single(line => line.StartsWith("flags:", StringComparison.Ordinal))
        select Convert.ToInt32(flags["flags:".Length..].Trim(), 8) & 3;
}
