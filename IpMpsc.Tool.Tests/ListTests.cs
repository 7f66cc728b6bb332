using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc list</c>.</summary>
public sealed class ListTests : ToolFixture
{
    [Test]
    public void AnEmptyDirectoryIsDescribed() =>
        Assert.That(ToolProcess.Run("list").Expect(ExitCode.Success).Output, Is.EqualTo($"There are no channels in {Channels}.\n"));

    [Test]
    public void EachChannelHasARow()
    {
        CreateQuotes("quotes", 3);
        using ByteReceiver bytes = ByteReceiver.Create("raw", new IpcChannelOptions { Capacity = 1 << 16, ParticipantName = "reader" });
        using ByteSender sender = ByteSender.Open("raw");

        string[] lines = ToolProcess.Run("list").Expect(ExitCode.Success).Lines;

        Assert.That(lines[0], Does.Match(@"^NAME +CAPACITY +USED +SENDERS +RECEIVER +SCHEMA +AGE *$"));
        Assert.That(lines[1], Does.Match(@"^quotes +4 KiB +\d.* % +0 +none +IpMpsc\.Tool\.Tests\.Support\.Quote +\d+ s *$"));
        Assert.That(lines[2], Does.Match($@"^raw +64 KiB +0 % +1 +{Environment.ProcessId} reader +bytes +\d+ s *$"));
        Assert.That(lines, Has.Length.EqualTo(3));
    }

    [Test]
    public void TheFormatOfBytesIsShown()
    {
        using ByteReceiver bytes = ByteReceiver.Create("orders", format: new ByteFormat("MemoryPack", "Demo.Order", 0x12ab));

        Assert.That(
            ToolProcess.Run("list").Expect(ExitCode.Success).Lines[1], Does.Match(@"^orders .* MemoryPack of Demo\.Order +\d+ s *$"));
        Assert.That(
            ToolProcess.Run("inspect", "orders").Expect(ExitCode.Success).Output,
            Does.Contain("bytes in the format MemoryPack, type Demo.Order, fingerprint 00000000000012ab"));
    }

    [Test]
    public void JsonHasEverything()
    {
        CreateQuotes("quotes", 3);

        JsonElement channel = ToolProcess.Run("list", "--json").Expect(ExitCode.Success).Json.GetProperty("channels")[0];

        Assert.That(channel.GetProperty("name").GetString(), Is.EqualTo("quotes"));
        Assert.That(channel.GetProperty("capacity").GetInt64(), Is.EqualTo(4096));
        Assert.That(channel.GetProperty("messages")[0].GetString(), Is.EqualTo(typeof(Quote).FullName));
        Assert.That(channel.GetProperty("receiverAlive").GetBoolean(), Is.False);
        Assert.That(channel.GetProperty("senders")[0].GetProperty("name").GetString(), Is.EqualTo("feed"));
        Assert.That(channel.GetProperty("senders")[0].GetProperty("messages").GetInt64(), Is.EqualTo(3));
        Assert.That(channel.GetProperty("head").GetString(), Is.EqualTo("ready"));
    }

    [Test]
    public void FilesThatAreNotChannelsAreNotHidden()
    {
        File.WriteAllText(PathOf("notes.txt"), "not a channel");
        CreateQuotes("quotes", 0);

        Assert.That(ToolProcess.Run("list").Expect(ExitCode.Success).Output, Does.Contain("notes.txt").And.Contain("ipmpsc inspect notes.txt"));
        JsonElement damaged = ToolProcess.Run("list", "--json").Expect(ExitCode.Success).Json.GetProperty("damaged")[0];
        Assert.That(damaged.GetProperty("problem").GetString(), Does.Contain("is not a channel"));
    }

    /// <summary>Other processes choose their names, so a name must not be able to move the cursor or colour the screen.</summary>
    [Test]
    public void NamesOfOthersAreOnlyText()
    {
        IpcChannelOptions hostile = new() { ParticipantName = "\e[31m[red]x[/]\a" };
        using ByteReceiver receiver = ByteReceiver.Create("hostile", hostile);

        string output = ToolProcess.Run("list").Expect(ExitCode.Success).Output;

        Assert.That(output, Does.Contain("\uFFFD[31m[red]x[/]\uFFFD").And.Not.Contain("\e"));
    }

    [Test]
    public void ADirectoryThatIsOpenToOthersIsRefused()
    {
        Directory.CreateDirectory(Channels, (UnixFileMode)0b111_101_101);

        ToolProcess.Run("list").ExpectFailure(ExitCode.NotAllowed, Channels, "mode 0700");
    }
}
