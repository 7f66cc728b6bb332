using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Diagnosis;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Sharing;

/// <summary><c>ipmpsc doctor DIRECTORY</c>: what owner, group and mode of a directory mean for the channels in it.</summary>
[Platform("Linux", Reason = "Directories have modes")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SharedDirectoryTests : ToolFixture
{
    private const uint Other = 23_456;

    private string Shared => Path.Join(Files.Path, "shared");

    [TestCase("2750", "can open channels; only user")]
    [TestCase("2770", "can create channels, and delete and replace those of each other")]
    [TestCase("3770", "the sticky bit lets only the owner of a channel")]
    [TestCase("2771", "others can reach channels in it")]
    public void ModesForAGroupAreExplained(string mode, string meaning)
    {
        Make(mode);

        string output = ToolProcess.Run("doctor", Shared).Expect(ExitCode.Success).Output;

        Assert.That(output, Does.Contain(meaning).And.Contain($"{Shared}, user ").And.Contain($"mode {mode}").And.Contain("set-group-id"));
        Assert.That(output, Does.Contain("sent a message through it"));
        Assert.That(Directory.GetFiles(Shared), Is.Empty, "The trial leaves nothing behind.");
    }

    [TestCase("0700", false, "for a group, run chmod")]
    [TestCase("1777", false, "take the name of a channel")]
    [TestCase("0777", true, "everybody can delete and replace any channel")]
    public void UnsuitableModesAreReported(string mode, bool isProblem, string reason)
    {
        Make(mode);

        VerdictSeverity verdict = isProblem ? VerdictSeverity.Problem : VerdictSeverity.Warning;
        Assert.That(SharedDirectoryCheck.Of(Shared), Has.Some.Matches<Finding>(finding => finding.Verdict == verdict && finding.Text.Contains(reason)));
        if (isProblem)
        {
            ToolProcess.Run("doctor", Shared).Expect(ExitCode.Failed);
        }
    }

    [Test]
    public void APathThatIsNotADirectoryIsReported()
    {
        Assert.That(ToolProcess.Run("doctor", Shared).Expect(ExitCode.Failed).Output, Does.Contain("does not exist").And.Contain("install -d -m 2770"));
        File.CreateSymbolicLink(Shared, Files.Path);
        Assert.That(ToolProcess.Run("doctor", Shared).Expect(ExitCode.Failed).Output, Does.Contain("it is a link"));
    }

    [Test]
    public void AReplaceableDirectoryIsReported()
    {
        Make("2770");
        File.SetUnixFileMode(Files.Path, (UnixFileMode)0b111_111_111);

        Assert.That(SharedDirectoryCheck.Of(Shared), Has.Some.Matches<Finding>(finding =>
            finding.Verdict == VerdictSeverity.Problem && finding.Text.Contains($"everybody can write in '{Files.Path}'")));
    }

    [Test]
    public void OwnerIsNamedUnlessItIsTrusted()
    {
        Make("2770");
        if (!Posix.TryChangeOwner(Shared, Other))
        {
            Assert.Ignore("Only root may give directories away.");
        }

        File.SetUnixFileMode(Shared, (UnixFileMode)0b10_111_111_000);
        Assert.That(ToolProcess.Run("doctor", Shared).Output, Does.Contain($"user {Other} can remove and replace any channel").And.Contain($"--trust User:{Other}"));
        Assert.That(ToolProcess.Run("doctor", Shared, "--trust", $"User:{Other}").Output, Does.Not.Contain("can remove and replace any channel"));
    }

    private void Make(string mode)
    {
        Directory.CreateDirectory(Shared);
        File.SetUnixFileMode(Shared, (UnixFileMode)Convert.ToInt32(mode, 8));
    }
}
