using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc recover</c>.</summary>
public sealed class RecoverTests : ToolFixture
{
    [Test]
    public void GapsOfTheDeadAreSkipped()
    {
        ByteReceiver.Create("raw").Dispose();
        using PeerProcess holder = PeerProcess.Start("claims", PathOf("raw"), "3");
        holder.Expect("held");
        using (ByteSender sender = ByteSender.Open("raw"))
        {
            sender.Send("kept"u8);
        }

        string alive = ToolProcess.Run("recover", "raw").Expect(ExitCode.Success).Output;
        holder.Kill();
        JsonElement dead = ToolProcess.Run("recover", "raw", "--json").Expect(ExitCode.Success).Json;
        string again = ToolProcess.Run("recover", "raw").Expect(ExitCode.Success).Output;

        Assert.That(alive, Does.StartWith("Nothing to recover at the head.\n").And.Contain($"(process {holder.Id}) has held the claim"));
        Assert.That((dead.GetProperty("gaps").GetInt32(), dead.GetProperty("bytes").GetInt32()), Is.EqualTo((3, 96)));
        Assert.That(again, Is.EqualTo("Nothing to recover at the head.\n"));
        using ByteReceiver receiver = ByteReceiver.Open("raw");
        Assert.That(receiver.Receive(), Is.EqualTo("kept"u8.ToArray()));
    }

    [Test]
    public void CorruptRecordsAreSkippedOnDemand()
    {
        CreateQuotes("quotes", 3);
        DestroyMessage("quotes", 0);

        ToolProcess.Run("recover", "quotes").Expect(ExitCode.Corrupt);
        JsonElement skipped = ToolProcess.Run("recover", "quotes", "--skip-corrupt", "--json").Expect(ExitCode.Success).Json;

        Assert.That(skipped.GetProperty("bytesSkippedAsCorrupt").GetInt32(), Is.GreaterThan(16));
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        Assert.That(receiver.Receive().Instrument, Is.EqualTo(1));
    }

    [Test]
    public void AChannelWithAReceiverIsNotRecovered()
    {
        using ByteReceiver receiver = ByteReceiver.Create("raw");

        ToolProcess.Run("recover", "raw").ExpectFailure(ExitCode.InUse, $"process {Environment.ProcessId}");
    }
}
