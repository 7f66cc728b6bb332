using IpMpsc.Layout;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc delete</c>.</summary>
public sealed class DeleteTests : ToolFixture
{
    [Test]
    public void TheLostContentIsReported()
    {
        CreateQuotes("quotes", 3);
        long used = IpcChannel.Inspect("quotes").BytesUsed;

        Assert.That(
            ToolProcess.Run("delete", "quotes", "--json").Expect(ExitCode.Success).Json.GetProperty("bytesLost").GetInt64(), Is.EqualTo(used));
        Assert.That(IpcChannel.Exists("quotes"), Is.False);
    }

    [Test]
    public void AChannelInUseIsDeletedOnDemandOnly()
    {
        CreateQuotes("quotes", 1);
        using ToolProcess receive = ToolProcess.Start("receive", "quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        receive.Listen();

        ToolProcess.Run("delete", "quotes").ExpectFailure(ExitCode.InUse, "'ipmpsc'", $"process {receive.Id}", "'ipmpsc delete quotes --force'");
        Assert.That(ToolProcess.Run("delete", "quotes").Expect(ExitCode.InUse).Errors, Does.Not.Contain("evenIfInUse"), "The tool's user writes no C#.");
        Assert.That(IpcChannel.Exists("quotes"));
        ToolProcess.Run("delete", "quotes", "--force").Expect(ExitCode.Success);

        Assert.That(IpcChannel.Exists("quotes"), Is.False);
        Assert.That(() => sender.Send(Quote.Number(2)), Throws.TypeOf<ChannelRetiredException>());
        receive.End().ExpectFailure(ExitCode.NotFound, "was deleted");
    }

    [Test]
    public void ADamagedChannelCanBeDeleted()
    {
        CreateQuotes("quotes", 1);
        using (SegmentWords words = new(PathOf("quotes")))
        {
            words.Write(HeaderDescriptor.CapacityOffset, 4097L);
        }

        ToolProcess.Run("delete", "quotes").Expect(ExitCode.Success);
        Assert.That(IpcChannel.Exists("quotes"), Is.False);
    }

    [Test]
    public void NothingElseIsDeleted()
    {
        File.WriteAllText(PathOf("text"), "precious");

        ToolProcess.Run("delete", "text").ExpectFailure(ExitCode.Mismatch, "is not a channel");
        ToolProcess.Run("delete", "txt").ExpectFailure(ExitCode.NotFound, "Did you mean 'text'?");
        Assert.That(File.ReadAllText(PathOf("text")), Is.EqualTo("precious"));
    }
}
