namespace IpMpsc.Tests.Support;

/// <summary>A directory that a test has for itself, in memory where possible.</summary>
internal sealed class TestDirectory : IDisposable
{
    public TestDirectory()
    {
        string parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        Path = System.IO.Path.Join(parent, $"ipmpsc-tests-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>Names of everything in it, hidden files too.</summary>
    public string[] Names => [.. Directory.GetFileSystemEntries(Path).Select(path => System.IO.Path.GetFileName(path)!).Order()];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
