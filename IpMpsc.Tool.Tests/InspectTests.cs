using System.Text.Json;
using IpMpsc.Layout;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc inspect</c>.</summary>
public sealed class InspectTests : ToolFixture
{
    [Test]
    public void EverythingIsShown()
    {
        CreateQuotes("quotes", 3);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes", new IpcChannelOptions { ParticipantName = "desk" });
        receiver.Receive();

        string output = ToolProcess.Run("inspect", "quotes").Expect(ExitCode.Success).Output;

        Assert.That(output, Does.Contain($"file       {PathOf("quotes")}"));
        Assert.That(output, Does.Match(@"capacity   4,096 bytes, \d+ used"));
        Assert.That(output, Does.Match(@"positions  head \d+, tail \d+"));
        Assert.That(output, Does.Match(@"received   1 message, \d+ bytes"));
        Assert.That(output, Does.Contain($"receiver   desk (process {Environment.ProcessId}), alive"));
        Assert.That(output, Does.Contain("The next message is ready. The receiver is 'desk'"));
        Assert.That(output, Does.Match(@" 0 +\d+ +feed +no +3 +\d+ +0 +0 *\n"));
        Assert.That(output, Does.Contain("IpMpsc.Tool.Tests.Support.Quote   id "));
        Assert.That(output, Does.Match(@"\n    Instrument  i32\n    Bid         f64\n    Venue       utf8\n    Depths      i16\[\]\n"));
    }

    [Test]
    public void TheBlockingSenderIsDescribed()
    {
        ByteReceiver.Create("raw").Dispose();
        using PeerProcess holder = PeerProcess.Start("claims", PathOf("raw"), "2");
        holder.Expect("held");

        string waiting = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
        JsonElement sender = ToolProcess.Run("inspect", "raw", "--json").Expect(ExitCode.Success).Json.GetProperty("senders")[1];
        using (ByteReceiver receiver = ByteReceiver.Open("raw"))
        {
            receiver.TryReceive([], out _, TimeSpan.FromMilliseconds(100));
            string blocked = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;
            Assert.That(
                blocked,
                Does.Match($@"\(process {holder.Id}\) has held the claim at the head for at least \d+ s without committing or aborting it")
                    .And.Match($@"The receiver, .*\(process {Environment.ProcessId}\), and all messages behind it wait for it"));
        }

        holder.Kill();
        string dead = ToolProcess.Run("inspect", "raw").Expect(ExitCode.Success).Output;

        Assert.That(waiting, Does.Match($@"\(process {holder.Id}\) has held the claim at the head for at least \d+ s\. No receiver is attached"));
        Assert.That(waiting, Does.Match(@"32 bytes at 0, for \d+ s").And.Match(@"32 bytes at 32, for \d+ s"));
        Assert.That(sender.GetProperty("alive").GetBoolean(), Is.True);
        Assert.That(sender.GetProperty("claim").GetProperty("position").GetInt64(), Is.EqualTo(32));
        Assert.That(sender.GetProperty("claim").GetProperty("since").GetDateTimeOffset(), Is.LessThan(DateTimeOffset.UtcNow));
        Assert.That(dead, Does.Match($@"\(process {holder.Id}\) died within its claim at the head\. .*'ipmpsc recover raw'"));
    }

    [Test]
    public void AnUnknownNameSuggestsTheNearest()
    {
        CreateQuotes("quotes", 0);

        ToolProcess.Run("inspect", "qoutes").ExpectFailure(ExitCode.NotFound, "There is no channel 'qoutes'", "Did you mean 'quotes'?");
        string path = Path.Join(Channels, "quote");
        ToolProcess.Run("inspect", path).ExpectFailure(ExitCode.NotFound, $"Did you mean '{path}s'?");
        ToolResult other = ToolProcess.Run("inspect", "something-else", "--json").Expect(ExitCode.NotFound);
        Assert.That(other.JsonError.GetProperty("error").GetString(), Is.EqualTo("notFound"));
        Assert.That(other.JsonError.GetProperty("suggestion").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(
            ToolProcess.Run("inspect", "Quote", "--json").Expect(ExitCode.NotFound).JsonError.GetProperty("suggestion").GetString(),
            Is.EqualTo("quotes"));
    }

    [Test]
    public void ImpossiblePositionsAreShown()
    {
        CreateQuotes("quotes", 3);
        Write("quotes", HeaderDescriptor.HeadOffset, 1L << 40);

        ToolResult result = ToolProcess.Run("inspect", "quotes").Expect(ExitCode.Corrupt);

        Assert.That(result.Output, Does.Contain("head 1,099,511,627,776").And.Contain("another program wrote into the file"));
        Assert.That(result.Output, Does.Contain("Instrument  i32").And.Contain("feed"));
    }

    [Test]
    public void ADamagedHeaderIsShownAsItIs()
    {
        CreateQuotes("quotes", 3);
        Write("quotes", HeaderDescriptor.CapacityOffset, 4097L);

        ToolResult result = ToolProcess.Run("inspect", "quotes").ExpectFailure(ExitCode.Corrupt, "capacity 4,097");

        Assert.That(result.Output, Does.Match(@"capacity +4097").And.Match(@"fileSize +\d+").And.Match($"layoutVersion +{HeaderDescriptor.LayoutVersion}"));
        JsonElement json = ToolProcess.Run("inspect", "quotes", "--json").Expect(ExitCode.Corrupt).Json;
        Assert.That(json.GetProperty("capacity").GetInt64(), Is.EqualTo(4097));
    }

    [Test]
    public void AFileThatWasCutIsShown()
    {
        CreateQuotes("quotes", 3);
        using (FileStream file = File.Open(PathOf("quotes"), FileMode.Open))
        {
            file.SetLength(5000);
        }

        Assert.That(ToolProcess.Run("inspect", "quotes").ExpectFailure(ExitCode.Corrupt, "was truncated").Output, Does.Match(@"fileSize +5000"));
    }

    [Test]
    public void AnotherLayoutVersionIsNamed()
    {
        CreateQuotes("quotes", 3);
        Write("quotes", HeaderDescriptor.LayoutVersionOffset, 7u);

        ToolResult result = ToolProcess.Run("inspect", "quotes").ExpectFailure(ExitCode.Mismatch, "has layout version 7");

        Assert.That(result.Output, Does.Match(@"layoutVersion +7").And.Not.Contain("capacity"), "Another layout has other numbers elsewhere.");
    }

    [Test]
    public void AFileThatIsNotAChannelIsRefused()
    {
        File.WriteAllText(PathOf("text"), new string('x', 10_000));

        Assert.That(
            ToolProcess.Run("inspect", "text").ExpectFailure(ExitCode.Mismatch, "is not a channel").Output, Does.Match(@"magic +0x7878"));
    }

    [Test]
    public void AFileThatIsTooShortHasNothingToShow()
    {
        File.WriteAllText(PathOf("text"), "short");

        Assert.That(ToolProcess.Run("inspect", "text").ExpectFailure(ExitCode.Mismatch, "it has 5 bytes").Output, Is.Empty);
    }

    [Test]
    public void FilesOfOthersAreRefused()
    {
        CreateQuotes("quotes", 3);
        if (Posix.TryChangeOwner(PathOf("quotes"), 12345))
        {
            ToolProcess.Run("inspect", "quotes").ExpectFailure(ExitCode.NotAllowed, "belongs to user 12345");
        }
        else
        {
            File.SetUnixFileMode(PathOf("quotes"), UnixFileMode.None);
            ToolProcess.Run("inspect", "quotes").ExpectFailure(ExitCode.NotAllowed, "Permission denied");
        }
    }

    private static void Write(string channel, long offset, long value)
    {
        using SegmentWords words = new(PathOf(channel));
        words.Write(offset, value);
    }

    private static void Write(string channel, long offset, uint value)
    {
        using SegmentWords words = new(PathOf(channel));
        words.Write(offset, value);
    }
}
