namespace IpMpsc.Examples;

/// <summary>Finds programs that are installed on this machine.</summary>
internal static class InstalledProgram
{
    /// <summary>The path of a program in the PATH, or where Debian puts services; null if it is not installed.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Append("/usr/sbin")
        .Select(directory => Path.Join(directory, OperatingSystem.IsWindows() ? $"{name}.exe" : name))
        .FirstOrDefault(File.Exists);
}
