using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Reports;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Sharing;

/// <summary>Channels of other users: <c>--trust</c>, <c>--access</c>, <c>list DIRECTORY</c> and <c>list --all</c>.</summary>
[Platform("Linux", Reason = "Gives files to other users")]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class TrustTests : ToolFixture
{
    private const uint Other = 23_456;

    [Test]
    public void ChannelOfAnotherUserIsOpenedIfItIsTrusted()
    {
        CreateQuotes("quotes", 2);
        GiveAway(PathOf("quotes"));
        string[][] commands = [["inspect"], ["peek"], ["history"], ["schema"], ["header", "--c"], ["recover"], ["receive", "--count", "1"], ["delete"]];
        foreach (string[] command in commands)
        {
            string[] words = [command[0], "quotes", .. command[1..]];
            ToolProcess.Run(words).ExpectFailure(ExitCode.NotAllowed, $"belongs to user {Other}", "trusts itself");
            ToolProcess.Run([.. words, "--trust", "Root"]).ExpectFailure(ExitCode.NotAllowed, "trusts itself, user 0");
            ToolProcess.Run([.. words, "--trust", "Root", "--trust", $"User:{Other}"]).Expect(ExitCode.Success);
        }

        Assert.That(File.Exists(PathOf("quotes")), Is.False);
    }

    [Test]
    public void AnInvalidOwnerIsRefused() =>
        ToolProcess.Run("list", "--trust", "everybody").ExpectFailure(ExitCode.Usage, "'everybody' for --trust must be Root, User:NAME or MemberOf:GROUP");

    [Test]
    public void ReplayCreatesChannelsForAGroup()
    {
        CreateQuotes("quotes", 2);
        string file = Files["quotes.ipmpsc"];
        ToolProcess.Run("record", "quotes", file, "--count", "2").Expect(ExitCode.Success);

        ToolProcess.Run("replay", file, "copy", "--access", "everybody").ExpectFailure(ExitCode.Usage, "--access must be OwnerOnly");
        ToolProcess.Run("replay", file, "copy", "--speed", "0", "--access", "Observers:0").Expect(ExitCode.Success);

        Assert.That(FileOwnership.Of(PathOf("copy"))!.Mode, Is.EqualTo("0640"));
    }

    [Test]
    public void DirectoryIsListedWithOwners()
    {
        CreateQuotes("quotes", 2);
        CreateQuotes("trades", 2);
        GiveAway(PathOf("trades"));

        string[] lines = ToolProcess.Run("list", Channels).Expect(ExitCode.Success).Lines;
        Assert.That(lines[0], Does.Match("^PATH +OWNER +GROUP +MODE +CAPACITY +USED +SENDERS +RECEIVER +SCHEMA +AGE *$"));
        Assert.That(lines[1], Does.Match($"^{PathOf("quotes")} +{Environment.UserName} +\\S+ +0600 +4 KiB "));
        Assert.That(lines[2], Does.Match($"^{PathOf("trades")} .*belongs to user {Other}"));

        lines = ToolProcess.Run("list", Channels, "--trust", $"User:{Other}").Expect(ExitCode.Success).Lines;
        Assert.That(lines[2], Does.Match($"^{PathOf("trades")} +{Other} +{Other} +0600 +4 KiB "));
        JsonElement listed = ToolProcess.Run("list", Channels, "--trust", $"User:{Other}", "--json").Expect(ExitCode.Success).Json;
        Assert.That(listed.GetProperty("directories")[0].GetProperty("channels")[1].GetProperty("owner").GetString(), Is.EqualTo($"{Other}"));
        ToolProcess.Run("list", Files["missing"]).ExpectFailure(ExitCode.Usage, "missing", "is not a directory");
    }

    /// <summary>Root sees the channels of every user: those in the directory that a user without a session has.</summary>
    [Test]
    public void EverybodysChannelsAreListed()
    {
        uint user = (uint)Random.Shared.Next(1_000_000, 2_000_000);
        string directory = $"/dev/shm/ipmpsc-{user}";
        Directory.CreateDirectory(directory, (UnixFileMode)0b111_000_000);
        try
        {
            CreateQuotes("quotes", 2);
            ByteReceiver.Create(Path.Join(directory, "orders")).Dispose();
            GiveAway(Path.Join(directory, "orders"), user);
            GiveAway(directory, user);

            string output = ToolProcess.Run("list", "--all").Expect(ExitCode.Success).Output;

            Assert.That(output, Does.Match($"(?m)^{directory}/orders +{user} +{user} +0600 +1 MiB "));
            Assert.That(output, Does.Contain(PathOf("quotes")), "One's own directory is among them.");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Test]
    public void PlacesAreThoseOfUsersAndOfGroups()
    {
        foreach (string directory in (string[])["run/user/1000/ipmpsc", "run/user/1001/other", "dev/shm/ipmpsc-7", "dev/shm/ipmpsc-x", "tmp/ipmpsc-8", "run/ipmpsc/market"])
        {
            Directory.CreateDirectory(Path.Join(Files.Path, directory));
        }

        Assert.That(
            new ChannelPlaces(Files.Path).Find().Select(directory => Path.GetRelativePath(Files.Path, directory)),
            Is.EqualTo(["dev/shm/ipmpsc-7", "run/ipmpsc", "run/ipmpsc/market", "run/user/1000/ipmpsc", "tmp/ipmpsc-8"]));
    }

    private static void GiveAway(string path, uint user = Other)
    {
        if (!Posix.TryChangeOwner(path, user))
        {
            Assert.Ignore("Only root may give files away.");
        }
    }
}
