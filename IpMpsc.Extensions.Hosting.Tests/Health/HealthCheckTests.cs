using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace IpMpsc.Extensions.Hosting.Tests.Health;

/// <summary>The health check reports what is wrong with a real channel.</summary>
public sealed class HealthCheckTests
{
    private TestDirectory _directory = null!;

    private string ChannelPath => _directory["orders"];

    [SetUp]
    public void MakeDirectory() => _directory = new TestDirectory();

    [TearDown]
    public void DeleteDirectory() => _directory.Dispose();

    [Test]
    public async Task ChannelWithAReceiverAndRoomIsHealthy()
    {
        using Receiver<Order> receiver = Receiver<Order>.Create(ChannelPath);
        HealthReportEntry check = await CheckAsync();

        Assert.That(check.Status, Is.EqualTo(HealthStatus.Healthy));
        Assert.That(check.Tags, Does.Contain("ipmpsc"));
        Assert.That(check.Data["capacity"], Is.EqualTo(receiver.Capacity));
    }

    [Test]
    public async Task MissingReceiverIsUnhealthyOrWhatTheOptionsSay()
    {
        Receiver<Order>.Create(ChannelPath).Dispose();
        HealthReportEntry unhealthy = await CheckAsync();
        HealthReportEntry degraded = await CheckAsync(("WithoutReceiver", "Degraded"));

        Assert.That(unhealthy.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(unhealthy.Description, Does.Contain("has no receiver").And.Contain($"process {Environment.ProcessId}"));
        Assert.That(degraded.Status, Is.EqualTo(HealthStatus.Degraded));
    }

    [Test]
    public async Task MissingChannelIsUnhealthy()
    {
        HealthReportEntry check = await CheckAsync();

        Assert.That(check.Status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(check.Exception, Is.InstanceOf<ChannelNotFoundException>());
    }

    [Test]
    public async Task SenderThatBlocksTheReceiverIsNamed()
    {
        using Receiver<Order> receiver = Receiver<Order>.Create(ChannelPath);
        using Sender<Order> sender = Sender<Order>.Open(ChannelPath);
        HealthReportEntry check = await CheckWhileClaimedAsync(sender, receiver);

        Assert.That(check.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(check.Description, Does.Contain($"process {Environment.ProcessId}").And.Contain("not committed"));
    }

    [Test]
    public async Task ChannelThatFillsUpIsDegraded()
    {
        using Receiver<Order> receiver = Receiver<Order>.Create(ChannelPath, new IpcChannelOptions { Capacity = 1024 });
        using Sender<Order> sender = Sender<Order>.Open(ChannelPath);
        while (sender.TrySend(new Order { Text = "x" }))
        {
        }

        HealthReportEntry full = await CheckAsync();
        HealthReportEntry allowed = await CheckAsync(("MaxDepth", "1"));

        Assert.That(full.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(full.Description, Does.Contain("% full").And.Contain("of 1,024 bytes"));
        Assert.That(allowed.Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task StalledReceiverIsNamed()
    {
        using Receiver<Order> receiver = Receiver<Order>.Create(ChannelPath, new IpcChannelOptions { ParticipantName = "desk" });
        using Sender<Order> sender = Sender<Order>.Open(ChannelPath);
        sender.Send(new Order { Text = "x" });
        HealthReportEntry stalled = await CheckAsync(("StalledAfter", "00:00:00"));
        HealthReportEntry allowed = await CheckAsync();
        receiver.Receive();
        HealthReportEntry healthy = await CheckAsync();

        Assert.That(stalled.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(stalled.Description, Does.Contain("Receiver stalled").And.Contain($"'desk' (process {Environment.ProcessId})"));
        Assert.That(stalled.Data["verdicts"], Has.Exactly(1).Contains("Receiver stalled"));
        Assert.That((stalled.Data["senderProcesses"], stalled.Data["senderSlots"]), Is.EqualTo((1, 1)));
        Assert.That((allowed.Status, healthy.Status), Is.EqualTo((HealthStatus.Healthy, HealthStatus.Healthy)));
    }

    [Test]
    public async Task SendersThatDropAreNamed()
    {
        using Receiver<Order> receiver = Receiver<Order>.Create(ChannelPath, new IpcChannelOptions { Capacity = 64 });
        using Sender<Order> sender = Sender<Order>.Open(ChannelPath, new IpcChannelOptions { FullMode = FullMode.DropNewest });
        using CancellationTokenSource end = new();
        Task dropping = Task.Run(() =>
        {
            while (!end.Token.WaitHandle.WaitOne(1))
            {
                sender.Send(new Order { Text = "x" });
            }
        });
        while (sender.DroppedMessages == 0)
        {
            await Task.Delay(1);
        }

        HealthReportEntry check = await CheckAsync(("MaxDepth", "1"));
        await end.CancelAsync();
        await dropping;

        Assert.That(check.Status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That((string[])check.Data["verdicts"], Has.Exactly(1).Contains("Senders dropping"));
    }

    [Test]
    public async Task DisabledCheckIsNotRegistered()
    {
        HealthReport report = await ReportAsync(("Enabled", "false"));

        Assert.That(report.Entries, Is.Empty);
    }

    /// <summary>A claim lives on the stack, so this waits for the check instead of awaiting it.</summary>
    private Task<HealthReportEntry> CheckWhileClaimedAsync(Sender<Order> sender, Receiver<Order> receiver)
    {
        using Claim<Order> claim = sender.Claim(new Order.Sizes { Text = 1 });
        Assert.That(receiver.TryReceive(out _, TimeSpan.FromMilliseconds(20)), Is.False);
        HealthReportEntry check = CheckAsync(("BlockedAfter", "00:00:00")).Finish("the check");
        claim.Abort();
        return Task.FromResult(check);
    }

    private async Task<HealthReportEntry> CheckAsync(params (string Key, string Value)[] settings) =>
        (await ReportAsync(settings)).Entries["ipmpsc:orders"];

    private async Task<HealthReport> ReportAsync(params (string Key, string Value)[] settings)
    {
        using IHost host = TestHost.Build(
            new ListLoggerProvider(),
            [
                ("IpMpsc:Channels:orders:Path", ChannelPath),
                .. settings.Select(setting => ($"IpMpsc:Channels:orders:Health:{setting.Key}", (string?)setting.Value)),
            ],
            builder => builder.Services.AddChannelSender<Order>("orders")); // The host is not started, so it does not open the channel.
        return await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
    }
}
