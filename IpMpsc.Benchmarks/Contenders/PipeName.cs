namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Names of pipes: Windows has a namespace of its own for them, other systems take a rooted path.</summary>
internal static class PipeName
{
    public static string Of(string path) => OperatingSystem.IsWindows()
        ? Path.GetFileName(Path.GetDirectoryName(path)) + "-" + Path.GetFileName(path)
        : path;
}
