using System.Text.Json;
using IpMpsc.Extensions.Hosting.Logging;
using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Tests.Collecting;

/// <summary>The collector writes lines of JSON and forwards events to the loggers of its application.</summary>
public sealed class CollectorTests
{
    private readonly ListLoggerProvider _log = new();
    private TestDirectory _directory = null!;

    private string ChannelPath => _directory["logs"];

    private string JsonPath => _directory["all.jsonl"];

    [SetUp]
    public void MakeDirectory()
    {
        _directory = new TestDirectory();
        _log.Clear();
    }

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public void EventBecomesALineOfJson()
    {
        Log(logger =>
        {
            using IDisposable? scope = logger.BeginScope("Request {RequestId}", 7);
            logger.LogWarning(new EventId(17, "Late"), new InvalidOperationException("bad"), "Order {Number} of {Customer}: {Flag} {Nothing} {Odd}", 5, "Größe \"x\"", true, null, double.NaN);
        });
        Collect(1);

        using JsonDocument line = JsonDocument.Parse(File.ReadAllLines(JsonPath).Single());
        JsonElement root = line.RootElement;
        JsonElement values = root.GetProperty("values");
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("level").GetString(), Is.EqualTo("Warning"));
            Assert.That(root.GetProperty("category").GetString(), Is.EqualTo("Shop"));
            Assert.That(root.GetProperty("message").GetString(), Is.EqualTo("Order 5 of Größe \"x\": True (null) NaN"));
            Assert.That(values.GetProperty("Number").GetInt32(), Is.EqualTo(5));
            Assert.That(values.GetProperty("Customer").GetString(), Is.EqualTo("Größe \"x\""));
            Assert.That(values.GetProperty("Flag").GetBoolean());
            Assert.That(values.GetProperty("Nothing").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(values.GetProperty("Odd").GetString(), Is.EqualTo("NaN"));
            Assert.That(root.GetProperty("scopes").GetProperty("RequestId").GetInt32(), Is.EqualTo(7));
            Assert.That((root.GetProperty("eventId").GetInt32(), root.GetProperty("eventName").GetString()), Is.EqualTo((17, "Late")));
            Assert.That(root.GetProperty("exception").GetString(), Does.Contain("InvalidOperationException: bad"));
            Assert.That(root.GetProperty("process").GetInt32(), Is.EqualTo(Environment.ProcessId));
            Assert.That(root.GetProperty("time").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public void EventIsForwardedWithItsValuesAndItsOrigin()
    {
        Log(logger => logger.LogError(new EventId(3, "Three"), new InvalidOperationException("bad"), "Order {Number}", 5));
        Collect(1);

        LoggedLine line = _log.Lines.Single(line => line.Category == "Shop");
        var values = (IReadOnlyList<KeyValuePair<string, object?>>)line.State!;
        var scope = (IReadOnlyDictionary<string, object?>)line.Scopes.Single()!;
        Assert.That((line.Level, line.Message, line.EventId.Id, line.EventId.Name), Is.EqualTo((LogLevel.Error, "Order 5", 3, "Three")));
        Assert.That(values, Is.EqualTo([KeyValuePair.Create("Number", (object?)5L), KeyValuePair.Create("{OriginalFormat}", (object?)"Order {Number}")]));
        Assert.That(line.Exception!.ToString(), Does.Contain("InvalidOperationException: bad"));
        Assert.That(scope["ProcessId"], Is.EqualTo(Environment.ProcessId));
    }

    [Test]
    public void LinesOfSeveralRunsAreAppended()
    {
        Log(logger => logger.LogInformation("first"));
        Collect(1);
        Log(logger => logger.LogInformation("second"));
        Collect(2);

        Assert.That(File.ReadAllLines(JsonPath).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("message").GetString()), Is.EqualTo(["first", "second"]));
    }

    [Test]
    public void DroppedEventsAreReported()
    {
        using (IHost host = LoggingHost(capacity: "4KiB"))
        {
            var provider = host.Services.GetServices<ILoggerProvider>().OfType<ChannelLoggerProvider>().Single();
            ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");
            while (provider.DroppedEvents < 5)
            {
                logger.LogInformation("{Text}", new string('x', 200));
            }

            using (Receiver<LogEvent> receiver = Receiver<LogEvent>.Open(ChannelPath))
            {
                receiver.Receive();
            }

            logger.LogInformation("after");
        }

        Collect(1, "after");
        Assert.That(_log.From(LogLevel.Warning), Has.One.Contains("has dropped 5 events"));
    }

    [Test]
    public async Task CollectorThatLogsIntoItsOwnChannelDoesNotFeedItself()
    {
        using IHost host = CollectingHost(builder => builder.Logging.AddIpMpsc("logs"));
        await host.StartAsync();
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Own");
        logger.LogInformation("once");
        Patience.Until(() => File.Exists(JsonPath) && File.ReadAllText(JsonPath).Contains("once"), "the line is written");
        await host.StopAsync();

        Assert.That(File.ReadAllLines(JsonPath).Count(line => line.Contains("\"message\":\"once\"")), Is.EqualTo(1));
    }

    [Test]
    public void WrongOptionFailsTheStart()
    {
        using IHost host = TestHost.Build(
            _log, [("IpMpsc:LogCollectors:logs:JsonFil", "x")], builder => builder.Services.AddLogCollector("logs"));

        OptionsValidationException error = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.That(error.Message, Does.StartWith("IpMpsc:LogCollectors:logs:JsonFil is not an option."));
    }

    private void Log(Action<ILogger> log)
    {
        using IHost host = LoggingHost("64KiB");
        log(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop"));
        _log.Clear();
    }

    private IHost LoggingHost(string capacity) => TestHost.Build(
        _log,
        [("IpMpsc:Channels:logs:Path", ChannelPath), ("IpMpsc:Channels:logs:Capacity", capacity)],
        builder => builder.Logging.AddIpMpsc("logs"));

    /// <summary>Runs a collector until it has written this many lines, or the last one.</summary>
    private void Collect(int lines, string? last = null)
    {
        using IHost host = CollectingHost(_ => { });
        host.Start();
        Patience.Until(
            () => File.Exists(JsonPath) && File.ReadAllLines(JsonPath) is var written && written.Length >= lines
                && (last is null || written[^1].Contains($"\"message\":\"{last}\"")),
            $"{lines} lines are written");
        host.StopAsync().Finish("the stop");
    }

    private IHost CollectingHost(Action<HostApplicationBuilder> build) => TestHost.Build(
        _log,
        [("IpMpsc:Channels:logs:Path", ChannelPath), ("IpMpsc:LogCollectors:logs:JsonFile", JsonPath)],
        builder =>
        {
            builder.Services.AddLogCollector("logs");
            build(builder);
        });
}
