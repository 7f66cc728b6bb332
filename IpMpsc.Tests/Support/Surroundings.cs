using IpMpsc.Tests.Conformance;
using IpMpsc.Tests.Support;

/// <summary>Gives the run, and its peers, a runtime directory of its own for named channels.</summary>
/// <remarks>It is in no namespace, so it runs before the tests of every namespace.</remarks>
[SetUpFixture]
public sealed class Surroundings
{
    private TestDirectory? _directory;

    /// <summary>Where channels lie that are named without a path.</summary>
    public static string RuntimeDirectory { get; private set; } = "";

    [OneTimeSetUp]
    public void SetUp()
    {
        _directory = new TestDirectory();
        Environment.SetEnvironmentVariable(OperatingSystem.IsWindows() ? "LOCALAPPDATA" : "XDG_RUNTIME_DIR", _directory.Path);
        RuntimeDirectory = _directory[OperatingSystem.IsWindows() ? "IpMpsc" : "ipmpsc"];
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        PeerPool.Close();
        ConformanceTable.WriteIfWanted();
        _directory?.Dispose();
    }
}
