using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc doctor</c>.</summary>
public sealed class DoctorTests : ToolFixture
{
    [Test]
    public void AHealthySystemHasNoProblems()
    {
        CreateQuotes("quotes", 1);

        JsonElement report = ToolProcess.Run("doctor", "--json").Expect(ExitCode.Success).Json;
        string output = ToolProcess.Run("doctor").Expect(ExitCode.Success).Output;

        Assert.That(report.GetProperty("well").GetBoolean(), Is.True);
        Assert.That(
            report.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("subject").GetString()),
            Is.SupersetOf(new[] { "system", "waiting", "barrier", "liveness", "memory", "space", "directory", "leftovers", "channels", "trial" }));
        Assert.That(output, Does.Contain("open file description locks").And.Contain($"{Channels}, mode 0700").And.Contain("sent a message through it"));
        Assert.That(Directory.GetFiles(Channels), Is.EqualTo(new[] { PathOf("quotes") }), "The trial leaves nothing behind.");
    }

    [Test]
    public void LeftoversAreFoundAndRemoved()
    {
        using ByteReceiver used = ByteReceiver.CreateTemporary(); // Creating a temporary channel removes abandoned ones.
        string halfMade = PathOf($".quotes.{Guid.NewGuid():N}.ipmpsc");
        File.WriteAllText(halfMade, "half made");
        string deserted = PathOf($"temporary-{Guid.NewGuid():N}");
        ByteReceiver.Create(deserted).Dispose();

        string found = ToolProcess.Run("doctor").Expect(ExitCode.Success).Output;
        string removed = ToolProcess.Run("doctor", "--clean").Expect(ExitCode.Success).Output;

        foreach (string output in new[] { found, removed })
        {
            Assert.That(output, Does.Contain(Path.GetFileName(halfMade)).And.Contain(Path.GetFileName(deserted)));
            Assert.That(output, Does.Not.Contain(Path.GetFileName(used.Path)));
        }

        Assert.That(found, Does.Contain("doctor --clean"));
        Assert.That(Directory.GetFiles(Channels), Is.EqualTo(new[] { used.Path }));
    }

    [Test]
    public void BlockedChannelsAreNoted()
    {
        ByteReceiver.Create("raw").Dispose();
        using PeerProcess holder = PeerProcess.Start("claims", PathOf("raw"), "1");
        holder.Expect("held");
        holder.Kill();
        File.WriteAllText(PathOf("text"), "not a channel");

        string output = ToolProcess.Run("doctor").Expect(ExitCode.Success).Output;

        Assert.That(output, Does.Match(@"note +channel +raw: .*died within its claim").And.Match(@"note +channel +.*text' is not a channel"));
    }

    [Test]
    public void ADirectoryThatIsOpenToOthersIsAProblem()
    {
        Directory.CreateDirectory(Channels, (UnixFileMode)0b111_101_101);

        ToolResult result = ToolProcess.Run("doctor").Expect(ExitCode.Failed);

        Assert.That(result.Output, Does.Match("PROBLEM +directory +.*mode 0700"));
    }

    [Test]
    public void PollingIsNoted()
    {
        Environment.SetEnvironmentVariable("IPMPSC_WAIT", "polling");
        try
        {
            Assert.That(ToolProcess.Run("doctor").Expect(ExitCode.Success).Output, Does.Match("note +waiting +IPMPSC_WAIT asks for polling"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("IPMPSC_WAIT", null);
        }
    }
}
