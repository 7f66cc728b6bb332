using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using IpMpsc.Tests.Support;
using IpMpsc.Tool.CommandLine;
using IpMpsc.Tool.Tests.Support;

namespace IpMpsc.Tool.Tests;

/// <summary><c>ipmpsc export</c>.</summary>
public sealed class ExportTests : ToolFixture
{
    [Test]
    public void MetricsAreThoseOfTheChannels()
    {
        CreateQuotes("quotes", 3);
        using ByteReceiver temporary = ByteReceiver.CreateTemporary();
        using Receiver<Quote> receiver = Receiver<Quote>.Open("quotes", new IpcChannelOptions { ParticipantName = "the \"desk\"" });
        using Sender<Quote> sender = Sender<Quote>.Open("quotes", new IpcChannelOptions { ParticipantName = "feed" });
        sender.Send(Quote.Number(3));
        receiver.Receive();

        string[] lines = ToolProcess.Run("export", "--once").Expect(ExitCode.Success).Lines;

        ChannelInfo channel = IpcChannel.Inspect("quotes");
        Assert.That(lines, Does.Contain("ipmpsc_channels 1"), "Temporary channels are left out.");
        Assert.That(lines, Does.Contain("ipmpsc_capacity_bytes{channel=\"quotes\"} 4096"));
        Assert.That(lines, Does.Contain($"ipmpsc_used_bytes{{channel=\"quotes\"}} {channel.BytesUsed}"));
        Assert.That(lines, Does.Contain("ipmpsc_received_messages_total{channel=\"quotes\"} 1"));
        Assert.That(lines, Does.Contain($"ipmpsc_claimed_bytes_total{{channel=\"quotes\"}} {channel.TailPosition}"));
        Assert.That(lines, Does.Contain("ipmpsc_receiver_attached{channel=\"quotes\"} 1"));
        Assert.That(lines, Has.Some.Match($@"^ipmpsc_sender_messages_total\{{channel=""quotes"",slot=""\d+"",process=""{Environment.ProcessId}"",name=""feed""\}} 1$"));
        Assert.That(lines, Has.Some.EndsWith("""receiver="the \"desk\""} 1"""));
        Assert.That(lines, Does.Contain("ipmpsc_verdict{channel=\"quotes\",verdict=\"receiver_stalled\"} 2"), "The command inspects until the verdict is certain.");
        Assert.That(lines, Does.Contain("ipmpsc_verdict{channel=\"quotes\",verdict=\"corrupt\"} 0"));
        Assert.That(ToolProcess.Run("export", "--once", temporary.Path).Expect(ExitCode.Success).Output, Does.Contain(Path.GetFileName(temporary.Path)));
        ToolProcess.Run("export", "qotes", "--once").ExpectFailure(ExitCode.NotFound, "Did you mean 'quotes'?");
    }

    [Test]
    public async Task MetricsAreServedForReadingOnly()
    {
        CreateQuotes("quotes", 3);
        string address = FreeAddress();
        using ToolProcess tool = ToolProcess.Start("export", "--listen", address);
        Assert.That(tool.Listen(), Is.EqualTo($"Serving http://{address}/metrics until Ctrl-C."));
        using HttpClient client = new() { BaseAddress = new Uri($"http://{address}"), Timeout = Patience.Limit };

        using HttpResponseMessage metrics = await client.GetAsync("metrics");
        string text = await metrics.Content.ReadAsStringAsync();
        Assert.That(text, Does.Contain("ipmpsc_capacity_bytes{channel=\"quotes\"} 4096\n"));
        Assert.That(metrics.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        CreateQuotes("others", 1);
        Assert.That(await client.GetStringAsync("metrics"), Does.Contain("channel=\"others\""), "New channels appear.");
        Assert.That(await client.GetStringAsync(""), Does.Contain("href=\"/metrics\""));
        Assert.That(
            await client.GetStringAsync(new Uri($"http://localhost:{address.Split(':')[1]}/metrics")),
            Does.Contain("channel=\"quotes\""),
            "A configuration of Prometheus usually says localhost.");
        Assert.That(await StatusOf(HttpMethod.Get, "other"), Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await StatusOf(HttpMethod.Post, "metrics"), Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        Assert.That(await StatusOf(HttpMethod.Delete, "metrics"), Is.EqualTo(HttpStatusCode.MethodNotAllowed));
        ToolProcess.Run("export", "--listen", address).ExpectFailure(ExitCode.NotAllowed, address, "--listen");

        tool.Interrupt();
        tool.End().Expect(ExitCode.Success);
        Assert.That(IpcChannel.Inspect("quotes").MessagesReceived, Is.Zero);

        async Task<HttpStatusCode> StatusOf(HttpMethod method, string path)
        {
            using HttpRequestMessage request = new(method, path);
            using HttpResponseMessage response = await client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [TestCase("0"), TestCase("70000"), TestCase("localhost"), TestCase(":9464")]
    public void AWrongAddressIsExplained(string address) =>
        ToolProcess.Run("export", "--listen", address).ExpectFailure(ExitCode.Usage, $"'{address}'", "ADDRESS:PORT");

    /// <summary>Every metric that the dashboard and the alerts name is exported.</summary>
    [Test]
    public void TheDashboardShowsMetricsThatExist()
    {
        CreateQuotes("quotes", 1);
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");
        string metrics = ToolProcess.Run("export", "--once").Expect(ExitCode.Success).Output;
        string[] expressions = [.. Expressions(ToolProcess.Run("export", "--dashboard").Expect(ExitCode.Success).Json), ToolProcess.Run("export", "--alerts").Expect(ExitCode.Success).Output];
        Assert.That(expressions, Has.Length.GreaterThan(8));
        string[] names = [.. expressions.SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, @"\bipmpsc_\w+").Select(match => match.Value)).Distinct()];
        Assert.That(names.Where(name => !metrics.Contains($"# TYPE {name} ")), Is.Empty);
    }

    /// <summary>What is lost can be seen: dropped messages have a panel and a rule, whoever drops them.</summary>
    [Test]
    public void DroppedMessagesAreShownAndReported([Values("ipmpsc_dropped_by_senders_total", "ipmpsc_dropped_by_receiver_total")] string metric)
    {
        IEnumerable<string> panels = Expressions(ToolProcess.Run("export", "--dashboard").Expect(ExitCode.Success).Json);
        Assert.That(panels, Has.Some.Contains($"rate({metric}{{"));
        Assert.That(ToolProcess.Run("export", "--alerts").Expect(ExitCode.Success).Lines, Has.Some.Contains($"expr: increase({metric}["));
    }

    /// <summary>The rules fire for what they are about, and one of them only.</summary>
    [Test, Explicit("needs promtool; .ci/run installs it"), Category("Prometheus")]
    public void DroppedMessagesFireOneAlert()
    {
        File.WriteAllText(Files["alerts.yml"], ToolProcess.Run("export", "--alerts").Expect(ExitCode.Success).Output);
        File.WriteAllText(Files["test.yml"], """
            rule_files: [alerts.yml]
            evaluation_interval: 1m
            tests:
            - interval: 1m
              input_series:
              - {series: 'ipmpsc_dropped_by_senders_total{channel="a"}', values: '0x5 7+0x20'}
              - {series: 'ipmpsc_verdict{channel="a",verdict="senders_dropping"}', values: '0x5 2+0x20'}
              - {series: 'ipmpsc_dropped_by_receiver_total{channel="b"}', values: '0+3x25'}
              - {series: 'ipmpsc_dropped_by_receiver_total{channel="c"}', values: '8+0x25'}
              alert_rule_test:
              - {eval_time: 5m, alertname: IpMpscSendersDropMessages}
              - eval_time: 8m
                alertname: IpMpscSendersDropMessages
                exp_alerts:
                - exp_labels: {severity: warning, channel: a}
                  exp_annotations:
                    summary: Senders of channel a have dropped messages
                    description: "They found no room: the receiver is slower than they are. Look at it with: ipmpsc inspect a"
              - {eval_time: 20m, alertname: IpMpscSendersDropMessages}
              - {eval_time: 8m, alertname: IpMpscChannelNeedsAttention}
              - {eval_time: 3m, alertname: IpMpscReceiverDropsMessages}
              - eval_time: 10m
                alertname: IpMpscReceiverDropsMessages
                exp_alerts:
                - exp_labels: {severity: info, channel: b}
                  exp_annotations:
                    summary: The receiver of channel b has been dropping messages for 5 minutes
                    description: With FullMode.LatestOnly that is its purpose. With DropOldest it is slower than its senders.
            """);
        Promtool($"test rules {Files["test.yml"]}", "");
    }

    /// <summary>Prometheus' own checker accepts all three texts.</summary>
    [Test, Explicit("needs promtool; .ci/run installs it"), Category("Prometheus")]
    public void PromtoolAcceptsThem()
    {
        CreateQuotes("quotes", 3);
        using Sender<Quote> sender = Sender<Quote>.Open("quotes");

        Promtool("check metrics", ToolProcess.Run("export", "--once").Expect(ExitCode.Success).Output);
        File.WriteAllText(Files["alerts.yml"], ToolProcess.Run("export", "--alerts").Expect(ExitCode.Success).Output);
        Promtool($"check rules {Files["alerts.yml"]}", "");

        // A rule for each expression of the dashboard; what Grafana fills in has a value.
        IEnumerable<string> rules = Expressions(ToolProcess.Run("export", "--dashboard").Expect(ExitCode.Success).Json)
            .Select(expression => expression.Replace("$__rate_interval", "1m"))
            .Select((expression, index) => $"  - record: panel:{index}\n    expr: {JsonSerializer.Serialize(expression)}\n");
        File.WriteAllText(Files["panels.yml"], $"groups:\n- name: dashboard\n  rules:\n{string.Concat(rules)}");
        Promtool($"check rules {Files["panels.yml"]}", "");
    }

    private static IEnumerable<string> Expressions(JsonElement dashboard) =>
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString();

    private static void Promtool(string arguments, string input)
    {
        using Process promtool = Process.Start(new ProcessStartInfo("promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        promtool.StandardInput.Write(input);
        promtool.StandardInput.Close();
        Task<string> output = promtool.StandardOutput.ReadToEndAsync();
        Task<string> errors = promtool.StandardError.ReadToEndAsync();
        Assert.That(promtool.WaitForExit(Patience.Limit), "promtool did not end");
        Assert.That(promtool.ExitCode, Is.Zero, () => $"{output.Result}{errors.Result}");
    }

    /// <summary>An unused address of this machine. Another process could take it meanwhile, which has not been observed.</summary>
    private static string FreeAddress()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return probe.LocalEndpoint.ToString()!;
    }
}
