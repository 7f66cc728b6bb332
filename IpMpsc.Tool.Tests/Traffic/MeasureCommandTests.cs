using System.Diagnostics;
using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Measuring;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests.Traffic;

/// <summary><c>ipmpsc hz</c> and <c>ipmpsc bw</c>.</summary>
public sealed class MeasureCommandTests : ToolFixture
{
    /// <summary>The reported rate is that of the messages, within the accuracy of a busy machine.</summary>
    [Test]
    public void TheRateIsThatOfTheSender()
    {
        CreateQuotes("quotes", 0);
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes");
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        using ToolProcess tool = ToolProcess.Start("hz", "quotes", "--json", "--interval", "0.2");
        int sent = 0;
        using CancellationTokenSource enough = new();
        long start = Stopwatch.GetTimestamp();
        Task sending = Task.Run(() =>
        {
            for (; !enough.IsCancellationRequested; sent++)
            {
                sender.Send(Quote.Number(sent));
                receiver.Receive();
                enough.Token.WaitHandle.WaitOne(2);
            }
        });
        JsonElement line = default;
        for (int lines = 0; lines < 100 && (lines == 0 || line.GetProperty("window").GetInt32() < 50); lines++)
        {
            line = JsonDocument.Parse(tool.Listen()).RootElement;
        }

        enough.Cancel();
        sending.Finish("the sender");
        double rate = sent / Stopwatch.GetElapsedTime(start).TotalSeconds;
        tool.Interrupt();
        tool.End().Expect(ExitCode.Success);

        Assert.That(line.GetProperty("channel").GetString(), Is.EqualTo("quotes"));
        Assert.That(line.GetProperty("rate").GetDouble(), Is.InRange(rate / 3, rate * 3));
        Assert.That(line.GetProperty("min").GetDouble(), Is.LessThanOrEqualTo(line.GetProperty("max").GetDouble()));
        Assert.That(line.TryGetProperty("text", out _), Is.False);
    }

    [Test]
    public void LinesAreForPeopleToo()
    {
        CreateQuotes("quotes", 20);
        CreateQuotes("others", 0);

        string[] hz = ToolProcess.Run("hz", "quotes", "others", "-n", "1", "--interval", "0.1").Expect(ExitCode.Success).Lines;
        string[] bw = ToolProcess.Run("bw", "quotes", "-n", "2", "--interval", "0.1", "--where", "Instrument < 5").Expect(ExitCode.Success).Lines;

        Assert.That(hz[0], Does.Match(@"^quotes: average rate: [\d,.]+ msgs/s   min: .*s   max: .*s   std dev: .*s   window: 20$"));
        Assert.That(hz[1], Is.EqualTo("others: no new messages"));
        Assert.That(bw[0], Does.Match(@"^[\d.]+ .*B/s from 5 messages   size mean: 46 B   min: 46 B   max: 46 B$"));
        Assert.That(bw[1], Is.EqualTo("no new messages"));
        ToolProcess.Run("hz", "qotes").ExpectFailure(ExitCode.NotFound, "Did you mean 'quotes'?");
        ToolProcess.Run("bw", "quotes", "--window", "0").ExpectFailure(ExitCode.Usage, "--window");
    }

    [Test]
    public void NumbersAreThoseOfTheWindow()
    {
        SampleWindow window = new(3);
        foreach ((double time, int bytes) in new[] { (0.0, 1000), (1.0, 10), (1.5, 20), (2.5, 30) })
        {
            window.Add(new Sample(time, bytes, Missed: time > 2 ? 1 : 0));
        }

        RateReport rate = RateReport.Of("c", window.Samples)!;
        BandwidthReport bandwidth = BandwidthReport.Of("c", window.Samples)!;

        Assert.That(rate, Is.EqualTo(new RateReport("c", 3 / 1.5, 0.5, 1, 0.25, 3, 1)));
        Assert.That(bandwidth, Is.EqualTo(new BandwidthReport("c", (20 + 30 + 20) / 1.5, 20, 10, 30, 3, 1)));
        Assert.That(RateReport.Of("c", [new Sample(1, 1, 0)]), Is.Null);
        Assert.That(rate.Text, Is.EqualTo("average rate: 2.000 msgs/s   min: 500.0 ms   max: 1.000 s   std dev: 250.0 ms   window: 3   missed: 1"));
    }
}
