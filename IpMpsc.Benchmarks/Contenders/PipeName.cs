namespace IpMpsc.Benchmarks.Contenders;

/// <summary>Pipes have names: on Windows of their own kind, elsewhere a rooted path is taken as it is.</summary>
internal static class PipeName
{
    public static string Of(string path) => OperatingSystem.IsWindows()
        ? Path.GetFileName(Path.GetDirectoryName(path)) + "-" + Path.GetFileName(path)
        : path;
}
