namespace IpMpsc.Tests.Support;

/// <summary>A directory that a test has for itself, in memory where possible.</summary>
internal sealed class TestDirectory : IDisposable
{
    public TestDirectory()
    {
        // Wine maps the Unix root to a drive, so this directory exists there, too.
        string parent = System.IO.Path.GetFullPath("/dev/shm");
        Path = System.IO.Path.Join(
            Directory.Exists(parent) ? parent : System.IO.Path.GetTempPath(), $"ipmpsc-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>Names of everything in it, hidden files too.</summary>
    public string[] Names => [.. Directory.GetFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)!).Order()];

    /// <summary>
    /// As <see cref="Names"/>, without files that have lost their names and go with their last handle: Windows before
    /// 10 1709, and wine, cannot remove them sooner.
    /// </summary>
    public string[] ChannelNames => OperatingSystem.IsWindows() ? [.. Names.Where(name => !name.StartsWith('.'))] : Names;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
