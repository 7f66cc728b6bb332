using IpMpsc.Extensions.Hosting.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace IpMpsc.Extensions.Hosting.Tests.Configuration;

/// <summary>The configuration sets every option, and a wrong value fails the start with an error that names its key.</summary>
public sealed class OptionsTests
{
    private const string Key = "IpMpsc:Channels:orders:";

    [Test]
    public void EveryOptionIsBound()
    {
        HostedChannelOptions options = Bind(
            ("Path", "/tmp/x"), ("Capacity", "16 MiB"), ("MaxSenders", "7"), ("ParticipantName", "me"), ("WaitStrategy", "SpinFor(00:00:00.000020)"),
            ("Prefault", "true"), ("DeleteOnDispose", "true"), ("EndWithSenders", "true"), ("FailWhenFullWithoutReceiver", "true"), ("FullMode", "latestOnly"), ("TraceMessages", "true"),
            ("Access", "observers:market"), ("TrustedOwners", "Self, root, User:alice, MemberOf:market"),
            ("Handler:Parallelism", "4"), ("Handler:MaxHeld", "9"), ("Handler:BatchSize", "5"), ("Handler:DrainAtShutdown", "false"),
            ("Handler:MaxAttempts", "2"), ("Handler:RetryDelay", "00:00:01"), ("Handler:MaxRetryDelay", "00:00:02"),
            ("Handler:OnFailure", "deadLetter"), ("Handler:DeadLetterPath", "dead"), ("Handler:SkipCorrupt", "true"),
            ("Health:Enabled", "false"), ("Health:WithoutReceiver", "Degraded"), ("Health:BlockedAfter", "00:00:03"), ("Health:StalledAfter", "00:00:04"), ("Health:MaxDepth", "0.5"));

        // A property that is forgotten here, or in the binding, still has its default.
        AssertNoDefaults(options, nameof(options.Handler), nameof(options.Health));
        AssertNoDefaults(options.Handler);
        AssertNoDefaults(options.Health);
        Assert.That(options.Capacity, Is.EqualTo(16 << 20));
        Assert.That(options.WaitStrategy, Is.EqualTo(WaitStrategy.SpinFor(TimeSpan.FromMicroseconds(20))));
        Assert.That(options.Handler.OnFailure, Is.EqualTo(FailureAction.DeadLetter));
        Assert.That(options.Health.WithoutReceiver, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(options.Access, Is.EqualTo(ChannelSharing.WithObservers("market")));
        Assert.That(
            options.TrustedOwners,
            Is.EqualTo((ChannelOwner[])[ChannelOwner.Self, ChannelOwner.Root, ChannelOwner.User("alice"), ChannelOwner.MemberOf("market")]));
        AssertNoDefaults(options.ToIpcChannelOptions());
    }

    /// <summary>An application can also bind or configure the options of the library directly, without this package.</summary>
    [Test]
    public void OptionsOfTheLibraryCanBeBoundAndConfigured()
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Capacity", "4096"), new("MaxSenders", "3"), new("WaitStrategy", "SpinFor(00:00:00.000020)"), new("TraceMessages", "true")])
            .Build();
        using ServiceProvider services = new ServiceCollection()
            .Configure<IpcChannelOptions>(configuration)
            .Configure<IpcChannelOptions>(options => options.ParticipantName = "configured")
            .BuildServiceProvider();

        Assert.That(services.GetRequiredService<IOptions<IpcChannelOptions>>().Value, Is.EqualTo(new IpcChannelOptions
        {
            Capacity = 4096,
            MaxSenders = 3,
            ParticipantName = "configured",
            TraceMessages = true,
            WaitStrategy = WaitStrategy.SpinFor(TimeSpan.FromMicroseconds(20)),
        }));
    }

    [TestCase("Capacity", "1000", "is 1,000: A capacity is a power of two from 64 to 2,147,483,648 bytes; the next one is 1,024.")]
    [TestCase("Capacity", "much", "is 'much', but must be a number of bytes, such as 1048576 or \"1 MiB\".")]
    [TestCase("MaxSenders", "0", "is 0: MaxSenders is a number from 1 to 4,096.")]
    [TestCase("WaitStrategy", "Hope", "is 'Hope', but must be Adaptive, SpinOnly, BlockOnly")]
    [TestCase("Capcity", "1024", "is not an option. The options are Access, Capacity, ")]
    [TestCase("Access", "Everybody", "is 'Everybody', but must be OwnerOnly, \"Group:NAME\" or \"Observers:NAME\".")]
    [TestCase("Access", "Group:", "is 'Group:', but must be OwnerOnly, ")]
    [TestCase("TrustedOwners", "Self, alice", "is 'Self, alice', but must be a list of Self, Root, ")]
    [TestCase("Prefault", "yes", "is 'yes', but must be true or false.")]
    [TestCase("Handler:Parallelism", "0", "is 0, but must be from 1 to 10000.")]
    [TestCase("Handler:OnFailure", "Ignore", "is 'Ignore', but must be one of StopHost, DeadLetter.")]
    [TestCase("Handler:OnFailure", "7", "is '7', but must be one of StopHost, DeadLetter.")]
    [TestCase("Handler:RetryDelay", "-00:00:01", "is -00:00:01, but must be from 00:00:00 to 1.00:00:00.")]
    [TestCase("Handler:Retries", "1", "is not an option. The options are BatchSize, ")]
    [TestCase("Health:MaxDepth", "80", "is 80, but must be from 0 to 1.")]
    [TestCase("Health:MaxDepth", "NaN", "is NaN, but must be from 0 to 1.")]
    public void WrongValueFailsTheStartUnderItsKey(string key, string value, string reason)
    {
        using IHost host = TestHost.Build(new ListLoggerProvider(), [(Key + key, value)], builder => builder.Services.AddChannelSender<Order>("orders"));

        OptionsValidationException error = Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.That(error.Failures.Single(), Does.StartWith($"{Key}{key} {reason}"));
    }

    [Test]
    public void CodeChangesWhatTheConfigurationHasSet()
    {
        using IHost host = TestHost.Build(
            new ListLoggerProvider(),
            [(Key + "Capacity", "1024")],
            builder => builder.Services.AddChannelSender<Order>("orders", options => options.Capacity *= 2));

        Assert.That(Options(host).Capacity, Is.EqualTo(2048));
    }

    [TestCase("64", 64)]
    [TestCase("64B", 64)]
    [TestCase(" 2 kib ", 2048)]
    [TestCase("1MB", 1 << 20)]
    [TestCase("1 GiB", 1 << 30)]
    public void SizesHaveUnits(string text, long bytes) => Assert.That(Bind(("Capacity", text)).Capacity, Is.EqualTo(bytes));

    private static HostedChannelOptions Bind(params IEnumerable<(string Key, string? Value)> settings)
    {
        using IHost host = TestHost.Build(
            new ListLoggerProvider(),
            settings.Select(setting => (Key + setting.Key, setting.Value)),
            builder => builder.Services.AddChannelSender<Order>("orders"));
        return Options(host);
    }

    private static HostedChannelOptions Options(IHost host) => host.Services.GetRequiredService<IOptionsMonitor<HostedChannelOptions>>().Get("orders");

    private static void AssertNoDefaults<T>(T options, params string[] except) where T : new()
    {
        T defaults = new();
        foreach (System.Reflection.PropertyInfo property in typeof(T).GetProperties().Where(property => !except.Contains(property.Name)))
        {
            Assert.That(property.GetValue(options), Is.Not.EqualTo(property.GetValue(defaults)), property.Name);
        }
    }
}
