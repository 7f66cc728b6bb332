using IpMpsc.Tool.Diagnosis;

namespace IpMpsc.Tool.Tests;

/// <summary>doctor warns if systemd-logind removes channels at the end of a session.</summary>
public sealed class RemovalCheckTests
{
    private const string InMemory = "/dev/shm/ipmpsc-1000";

    private string _root = "";

    [SetUp]
    public void MakeRoot()
    {
        _root = Path.Join(Path.GetTempPath(), $"ipmpsc-root-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.Join(_root, "run/systemd/system"));
    }

    [TearDown]
    public void RemoveRoot() => Directory.Delete(_root, recursive: true);

    [Test]
    public void RemovalIsTheDefault() => Assert.That(IsWarned(), Is.True);

    [TestCase("etc/systemd/logind.conf", "[Login]\nRemoveIPC=no\n", false)]
    [TestCase("etc/systemd/logind.conf", "[Login]\n#RemoveIPC=no\n", true)]
    [TestCase("usr/lib/systemd/logind.conf.d/10-ipc.conf", "[Login]\nRemoveIPC = false\n", false)]
    public void ConfigurationIsRead(string path, string content, bool warned)
    {
        Write(path, content);
        Assert.That(IsWarned(), Is.EqualTo(warned));
    }

    [Test]
    public void LaterConfigurationWins()
    {
        Write("etc/systemd/logind.conf", "RemoveIPC=no");
        Write("etc/systemd/logind.conf.d/90.conf", "RemoveIPC=yes");
        Assert.That(IsWarned(), Is.True);
    }

    [Test]
    public void LingeringUserKeepsChannels()
    {
        Write("var/lib/systemd/linger/jane", "");
        Assert.That(IsWarned(), Is.False);
    }

    [Test]
    public void SystemUserKeepsChannels() => Assert.That(IsWarned(user: 999), Is.False);

    [Test]
    public void OtherDirectoryIsNotCleaned() => Assert.That(IsWarned(directory: "/run/user/1000/ipmpsc"), Is.False);

    [Test]
    public void SystemWithoutSystemdRemovesNothing()
    {
        Directory.Delete(Path.Join(_root, "run"), recursive: true);
        Assert.That(IsWarned(), Is.False);
    }

    private bool IsWarned(uint user = 1000, string directory = InMemory) => new RemovalCheck(_root, user, "jane").Of(directory) is not null;

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(_root, path))!);
        File.WriteAllText(Path.Join(_root, path), content);
    }
}
