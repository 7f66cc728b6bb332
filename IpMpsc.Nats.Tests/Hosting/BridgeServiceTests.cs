using System.Diagnostics.Metrics;
using IpMpsc.Extensions.Hosting.Tests.Support;
using IpMpsc.Nats.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace IpMpsc.Nats.Tests.Hosting;

/// <summary>Bridges in a host: options from the configuration, health, metrics, a start without a broker.</summary>
internal sealed class BridgeServiceTests : BridgeFixture
{
    [Test]
    public async Task HostCarriesBothWaysAndReportsItsHealth()
    {
        Traffic.Send(Origin, 0, 100);
        using IHost host = Build();
        await host.StartAsync();
        Traffic.ReceiveAll(Target, 100);
        HealthReport report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        HealthReportEntry entry = report.Entries["ipmpsc:bridge:here"];
        await host.StopAsync();

        Assert.That(entry.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(entry.Data[$"{Stream}.messages"], Is.EqualTo(100));
        Assert.That(entry.Tags, Does.Contain("ipmpsc"));
        Assert.That(Log.Lines.Select(line => line.Message), Has.Some.EndsWith($"{Stream}: stopped after 100 messages"));
    }

    [Test]
    public async Task HostStartsWithoutABrokerAndIsDegraded()
    {
        Server.Kill();
        Traffic.Send(Origin, 0, 1);
        using IHost host = Build();
        await host.StartAsync();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        Patience.Until(() => Of(health).Status == HealthStatus.Degraded, "the check says that the bridge waits");
        Assert.That(Of(health).Description, Does.Contain($"stream '{Stream}' waits for the broker {Server.Url}"));
        Server.Start();
        Patience.Until(() => Of(health).Status == HealthStatus.Healthy, "the check says that the bridge runs");
        await host.StopAsync();
    }

    [Test]
    public async Task MeterCountsWhatIsCarried()
    {
        Dictionary<string, long> sums = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name.StartsWith("ipmpsc.bridge.", StringComparison.Ordinal))
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            Dictionary<string, object?> all = new(tags.ToArray());
            if (all["channel"] is string channel && (channel == Origin || channel == Target) && all["stream"] is string stream && stream == Stream)
            {
                lock (sums)
                {
                    string key = $"{instrument.Name} {all["direction"]}";
                    sums[key] = instrument is ObservableGauge<long> ? value : sums.GetValueOrDefault(key) + value;
                }
            }
        });
        listener.Start();
        Traffic.Send(Origin, 0, 100);
        using IHost host = Build();
        await host.StartAsync();
        Traffic.ReceiveAll(Target, 100);
        Patience.Until(
            () =>
            {
                lock (sums)
                {
                    return sums.GetValueOrDefault("ipmpsc.bridge.messages in") == 100;
                }
            },
            "the sink has counted: " + string.Join(", ", sums));
        listener.RecordObservableInstruments();
        await host.StopAsync();

        Assert.That(sums["ipmpsc.bridge.messages out"], Is.EqualTo(100));
        Assert.That(sums["ipmpsc.bridge.bytes in"], Is.EqualTo(sums["ipmpsc.bridge.bytes out"]).And.GreaterThan(1600));
        Assert.That((sums["ipmpsc.bridge.running in"], sums["ipmpsc.bridge.pending in"]), Is.EqualTo((1L, 0L)));
    }

    [TestCase("Window", "0", "IpMpsc:Bridges:here: A window has 1 to 4096 batches.")]
    [TestCase("BatchBytes", "much", "IpMpsc:Bridges:here:BatchBytes is 'much', but must be a number of bytes")]
    [TestCase("AckTimeout", "soon", "IpMpsc:Bridges:here:AckTimeout is 'soon', but must be a time")]
    [TestCase("Windwo", "3", "IpMpsc:Bridges:here:Windwo is not an option. The options are AckTimeout, BatchBytes, CaFile, ")]
    public void WrongValueFailsTheStartOfTheBridgeUnderItsKey(string key, string value, string reason)
    {
        using IHost host = Build((key, value));
        Assert.That(async () => await host.StartAsync(), Throws.Exception.With.Message.Contains(reason));
    }

    private IHost Build(params (string Key, string? Value)[] settings) => TestHost.Build(
        Log,
        [
            ("IpMpsc:Channels:here:Path", Origin),
            ("IpMpsc:Channels:there:Path", Target),
            ("IpMpsc:Bridges:here:Url", Server.Url),
            ("IpMpsc:Bridges:there:Url", Server.Url),
            .. settings.Select(setting => ($"IpMpsc:Bridges:here:{setting.Key}", setting.Value)),
        ],
        builder =>
        {
            builder.Services.AddChannelBridge("here").ToJetStream(Stream);
            builder.Services.AddChannelBridge("there").FromJetStream(Stream);
        });

    private static HealthReportEntry Of(HealthCheckService health) =>
        health.CheckHealthAsync().Finish("the health check").Entries["ipmpsc:bridge:here"];
}
