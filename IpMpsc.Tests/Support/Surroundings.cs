using IpMpsc.Tests.Support;

/// <summary>Gives the run, and its peers, a runtime directory of its own for named channels.</summary>
[SetUpFixture]
public sealed class Surroundings
{
    private TestDirectory? _directory;

    [OneTimeSetUp]
    public void SetUp()
    {
        _directory = new TestDirectory();
        Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", _directory.Path);
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        PeerPool.Close();
        _directory?.Dispose();
    }
}
