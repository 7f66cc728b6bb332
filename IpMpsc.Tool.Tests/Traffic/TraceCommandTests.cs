using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Measuring;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc delay</c>, and what other commands show of messages that carry their time.</summary>
public sealed class TraceCommandTests : ToolFixture
{
    private static readonly IpcChannelOptions s_traced = new() { TraceMessages = true };

    [Test]
    public void DelayIsMeasuredFromTheCommitToTheRelease()
    {
        CreateQuotes("quotes", 0);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes", s_traced);
        using Sender<Quote> silent = Sender<Quote>.Open("quotes");
        using ToolProcess tool = ToolProcess.Start("delay", "quotes", "--json", "--interval", "0.1");
        sender.Send(Quote.Number(1));
        silent.Send(Quote.Number(2));
        long start = Stopwatch.GetTimestamp();
        Assert.That(JsonDocument.Parse(tool.Listen()).RootElement.GetProperty("window").GetInt32(), Is.Zero, "Nothing was released yet.");
        double held = Stopwatch.GetElapsedTime(start).TotalSeconds;
        receiver.Receive();
        receiver.Receive();

        JsonElement line;
        do
        {
            line = JsonDocument.Parse(tool.Listen()).RootElement;
        }
        while (line.GetProperty("window").GetInt32() == 0);

        tool.Interrupt();
        tool.End().Expect(ExitCode.Success);
        Assert.That(line.GetProperty("window").GetInt32(), Is.EqualTo(1));
        Assert.That(line.GetProperty("p50").GetDouble(), Is.GreaterThanOrEqualTo(held));
        Assert.That(line.GetProperty("max").GetDouble(), Is.EqualTo(line.GetProperty("p50").GetDouble()));
    }

    [Test]
    public void SendersThatCarryNoTimeAreNamedAsTheReason()
    {
        CreateQuotes("quotes", 3);

        Assert.That(
            ToolProcess.Run("delay", "quotes", "-n", "1", "--interval", "0.1").Expect(ExitCode.Success).Lines,
            Is.EqualTo(["no new messages that carry their time"]));
    }

    [Test]
    public void PercentilesAreThoseOfTheWindow()
    {
        DelayReport report = DelayReport.Of("quotes", [.. Enumerable.Range(1, 200).Select(number => new Sample(0, 0, 0, number / 1000.0))])!;

        Assert.That(report, Is.EqualTo(new DelayReport("quotes", 0.001, 0.1, 0.198, 0.2, 200)));
        Assert.That(report.Text, Is.EqualTo("time in the ring   p50: 100.0 ms   p99: 198.0 ms   max: 200.0 ms   min: 1.0 ms   window: 200"));
        Assert.That(DelayReport.Of("quotes", []), Is.Null);
    }

    [Test]
    public void TapPeekAndHistoryShowTimeAndContext()
    {
        CreateQuotes("quotes", 0);
        using Activity request = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        DateTime before = DateTime.UtcNow.AddSeconds(-1);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using (Sender<Quote> sender = Sender<Quote>.Open("quotes", s_traced))
        {
            sender.Send(Quote.Number(1));
        }

        Verify(ToolProcess.Run("peek", "quotes", "--json"));
        Verify(ToolProcess.Run("tap", "quotes", "--json", "-n", "1"));
        Assert.That(ToolProcess.Run("tap", "quotes", "--time", "-n", "1").Lines[0], Does.Match(@"^\d\d:\d\d:\d\d\.\d{6} \([\d.]+ .?s\) .*Quote "));
        receiver.Receive();
        Verify(ToolProcess.Run("history", "quotes", "--json"));

        void Verify(ToolResult result)
        {
            JsonElement line = JsonDocument.Parse(result.Expect(ExitCode.Success).Lines[0]).RootElement;
            Assert.That(line.GetProperty("traceparent").GetString(), Is.EqualTo(request.Id));
            Assert.That(line.GetProperty("sent").GetDateTime().ToUniversalTime(), Is.InRange(before, DateTime.UtcNow));
            Assert.That(line.GetProperty("age").GetDouble(), Is.Positive);
        }
    }
}
