using IpMpsc.Tests.Peer;
using IpMpsc.Tests.Support;

namespace IpMpsc.Tests.Files;

/// <summary>XDG_RUNTIME_DIR is checked before channels are created in it, and errors name it.</summary>
[Platform("Linux", Reason = "Other systems have no such variable")]
public sealed class RuntimeDirectoryTests : ChannelFixture
{
    private const uint OtherUser = 12_345;

    [Test]
    public void RelativePathIsRefused() =>
        ExpectRefusal("runtime", "XDG_RUNTIME_DIR is 'runtime', a relative path");

    /// <summary>As of a user that has logged out, or with another user's variable under 'su'.</summary>
    [Test]
    public void DirectoryThatDoesNotExistIsExplained() => ExpectRefusal(
        Directory["none"], $"'{Directory["none/ipmpsc"]}' (from XDG_RUNTIME_DIR), cannot be created", "Set XDG_RUNTIME_DIR to a private directory", "unset it");

    /// <summary>As after 'sudo -E': the directory that root would create there would lock its user out.</summary>
    [Test]
    public void DirectoryOfAnotherUserIsRefused()
    {
        string session = MakeOwnedByAnother("session");

        ExpectRefusal(session, $"XDG_RUNTIME_DIR is '{session}'", $"belongs to user {OtherUser}", "sudo -E");
        Assert.That(System.IO.Directory.GetFileSystemEntries(session), Is.Empty);
    }

    /// <summary>If everyone may write to a directory, another user can create the subdirectory first.</summary>
    [Test]
    public void DirectoryThatAnotherUserHasMadeFirstIsRefused()
    {
        MakeOwnedByAnother("ipmpsc");

        ExpectRefusal(Directory.Path, $"'{Directory["ipmpsc"]}'", $"Only user {OtherUser} or root can remove it", "Set XDG_RUNTIME_DIR");
    }

    private string MakeOwnedByAnother(string name)
    {
        System.IO.Directory.CreateDirectory(Directory[name]);
        if (!Posix.TryChangeOwner(Directory[name], OtherUser))
        {
            Assert.Ignore("Only root may give directories away.");
        }

        return Directory[name];
    }

    private static void ExpectRefusal(string variable, params string[] told)
    {
        Dictionary<string, string> environment = new() { ["XDG_RUNTIME_DIR"] = variable };
        using PeerProcess creator = PeerProcess.Start(environment, "create", "named", "4096", "0022");

        creator.ExpectExit(ExitCode.Channel);
        Assert.Multiple(() => Array.ForEach(told, part => Assert.That(creator.Transcript(), Does.Contain(part))));
    }
}
